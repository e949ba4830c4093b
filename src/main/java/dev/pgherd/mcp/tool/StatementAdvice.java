package dev.pgherd.mcp.tool;

import dev.pgherd.sql.SqlOutcome;
import java.util.Map;

/** What a model should do next about a statement that did not run. */
final class StatementAdvice {

    private static final String TOO_LATE = "57014";
    private static final String QUERY_INSTEAD = "read-only";

    private static final Map<String, String> BY_STATE = Map.of(
            "25006", "query only reads; use the execute tool to write.",
            "42P01",
                    "SELECT table_schema, table_name FROM information_schema.tables shows what there is; search_objects finds the name.",
            "3F000", "SELECT schema_name FROM information_schema.schemata shows what there is; so does list_schemas.",
            "42703",
                    "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = $1 shows the columns; so does"
                            + " describe_table.",
            "42501", "The role that runs agents' statements may not do this; do not try to get around it.",
            "53300", "All connections are taken; try again in a moment.",
            "40001", "Other transactions were in the way; run it again.",
            "40P01", "Other transactions were in the way; run it again.");

    private StatementAdvice() {}

    /** Begins with a space, or is empty. */
    static String forOutcome(SqlOutcome outcome, TimeLimit time) {
        if (outcome instanceof SqlOutcome.Failed failed) {
            var advice = failed.sqlState().equals(TOO_LATE) ? time.advice() : BY_STATE.get(failed.sqlState());
            return advice == null ? "" : " " + advice;
        }
        return outcome instanceof SqlOutcome.Refused refused
                        && refused.reason().equals(QUERY_INSTEAD)
                        && !refused.message().contains("execute")
                ? " Use the execute tool to write."
                : "";
    }
}
