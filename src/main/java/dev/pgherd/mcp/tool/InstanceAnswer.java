package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.sql.SqlOutcome;
import java.util.Optional;

/**
 * What one of several instances answered.
 *
 * @param error why there are no rows; otherwise empty
 */
record InstanceAnswer(InstanceKey key, Optional<SqlOutcome.Rows> rows, String error) {

    static InstanceAnswer of(InstanceKey key, SqlOutcome outcome, String advice) {
        if (outcome instanceof SqlOutcome.Rows rows) {
            return new InstanceAnswer(key, Optional.of(rows), "");
        }
        return StatementResult.of(outcome, advice) instanceof ToolResult.Failure failure
                ? failed(key, failure.message())
                : failed(key, "It returned no rows.");
    }

    /** An error advises what can be called. */
    InstanceAnswer told(Vocabulary vocabulary) {
        return error.isEmpty() ? this : failed(key, vocabulary.told(error));
    }

    static InstanceAnswer failed(InstanceKey key, String error) {
        return new InstanceAnswer(key, Optional.empty(), error);
    }
}
