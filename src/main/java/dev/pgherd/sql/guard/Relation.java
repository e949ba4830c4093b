package dev.pgherd.sql.guard;

/**
 * A table or view that a statement names.
 *
 * @param alias what it is called in the statement
 * @param whole whether all its columns are used without being named
 */
record Relation(Name name, String alias, boolean whole) {

    Relation entirely() {
        return new Relation(name, alias, true);
    }
}
