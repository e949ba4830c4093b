package dev.pgherd.sql.guard;

/** The name of something, with its schema where the statement gives one, else the empty text. */
record Name(String schema, String name) {

    /** Whether a rule, {@code schema.name}, means this or could mean it. */
    boolean matches(String rule) {
        return rule.equals(schema + "." + name) || (schema.isEmpty() && rule.endsWith("." + name));
    }

    @Override
    public String toString() {
        return schema.isEmpty() ? name : schema + "." + name;
    }
}
