package dev.pgherd.schema;

import dev.pgherd.sql.SqlOutcome;

/** The catalog gave no rows; says what came instead. */
public final class CatalogUnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient SqlOutcome outcome;

    CatalogUnreadableException(SqlOutcome outcome) {
        super("the catalog cannot be read: " + outcome);
        this.outcome = outcome;
    }

    public SqlOutcome outcome() {
        return outcome;
    }
}
