package dev.pgherd.operator.status;

/** What the operator did with one database of a server. */
public sealed interface DatabaseChange {

    /** It was not there, and was made. */
    record Created(String database) implements DatabaseChange {}

    /** It was taken out of the list, and was to go then. */
    record Dropped(String database) implements DatabaseChange {}
}
