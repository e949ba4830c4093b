package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.mcp.ask.LanguageModel;
import dev.pgherd.mcp.ask.ModelAnswer;
import dev.pgherd.mcp.ask.Prompts;
import dev.pgherd.mcp.ask.SqlAnswer;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlOutcome;
import dev.pgherd.sql.SqlRequest;
import java.util.List;

/**
 * Lets a model write a statement, and mend it with what PostgreSQL says.
 *
 * @param repairs how often
 * @param answers all that the model has said, for whoever counts
 */
record AskRun(LanguageModel model, StatementRuns runs, SqlLimits limits, int repairs, List<ModelAnswer> answers) {

    Answered run(InstanceKey key, String question, String schema, ToolCall call) {
        var conversation = Prompts.question(question, schema);
        for (var attempt = 1; ; attempt++) {
            call.progress().report("Asking the model for SQL, attempt %d".formatted(attempt));
            var answer = model.answer("sql-" + attempt, conversation);
            answers.add(answer);
            var sql = sql(answer);
            var outcome = runs.query(key, new SqlRequest(sql, List.of()), limits, call);
            if (outcome instanceof SqlOutcome.Rows rows) {
                return new Answered(key, sql, rows, attempt);
            }
            var failure = failure(outcome, runs.time(key, limits, limits.statementTimeout()));
            if (attempt > repairs || !mendable(outcome)) {
                throw new ToolFailedException(told(failure, key, sql, attempt));
            }
            conversation = conversation.then(answer.text(), Prompts.repair(failure.message()));
        }
    }

    private static String sql(ModelAnswer answer) {
        var read = SqlAnswer.of(answer.text());
        if (read instanceof SqlAnswer.Sql sql) {
            return sql.sql();
        }
        if (read instanceof SqlAnswer.Declined declined) {
            throw new ToolFailedException("The model says that it cannot answer this: %s"
                    .formatted(OneLine.of(RelationJson.shortened(declined.reason()))));
        }
        throw new ToolFailedException(
                read instanceof SqlAnswer.Several several
                        ? "The model wrote %d statements instead of one. Ask for one thing at a time."
                                .formatted(several.count())
                        : "The model answered without SQL. Ask more plainly, name the tables, or write the SQL yourself.");
    }

    private static ToolResult.Failure failure(SqlOutcome outcome, TimeLimit time) {
        return StatementResult.of(outcome, StatementAdvice.forOutcome(outcome, time))
                        instanceof ToolResult.Failure failure
                ? failure
                : new ToolResult.Failure("It returned no rows.");
    }

    /** What is wrong with the statement itself: names, types, syntax, values; not what it may do or how long it takes. */
    private static boolean mendable(SqlOutcome outcome) {
        return outcome instanceof SqlOutcome.Failed failed
                && !failed.sqlState().equals("42501")
                && (failed.sqlState().startsWith("42")
                        || failed.sqlState().startsWith("22")
                        || failed.sqlState().startsWith("0A"));
    }

    private static ToolResult.Failure told(ToolResult.Failure failure, InstanceKey key, String sql, int attempt) {
        return new ToolResult.Failure(
                failure.kind(),
                "%s\nThat was attempt %d of the model, in %s:\n%s".formatted(failure.message(), attempt, key, sql),
                failure.refusal(),
                failure.retryAfter());
    }

    /** A statement that returned rows. */
    record Answered(InstanceKey key, String sql, SqlOutcome.Rows rows, int attempts) {}
}
