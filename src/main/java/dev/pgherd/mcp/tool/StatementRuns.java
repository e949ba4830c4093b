package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.connection.Access;
import dev.pgherd.sql.Cancellation;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlOutcome;
import dev.pgherd.sql.SqlRequest;
import dev.pgherd.sql.SqlRunner;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/** Callers' statements on instances' connections: within the rate of the instance, and measured. */
record StatementRuns(Statements statements, SqlRunner runner, InstanceRates rates, StatementMeters meters) {

    /** Wakes the instance where it is asleep. */
    SqlOutcome query(InstanceKey key, SqlRequest request, SqlLimits limits, ToolCall call) {
        return counted(
                key,
                request,
                () -> read(request, limits, call.cancellation(), work -> statements.run(key, Access.READ, call, work)));
    }

    /** As {@link #query}, but wakes nothing, and counts what is refused: the result of several instances is no refusal. */
    SqlOutcome queryAwake(InstanceKey key, SqlRequest request, SqlLimits limits, Cancellation cancellation) {
        return meters.withRefusals(() -> counted(
                key,
                request,
                () -> read(request, limits, cancellation, work -> statements.runAwake(key, Access.READ, work))));
    }

    SqlOutcome execute(InstanceKey key, SqlRequest request, SqlLimits limits, ToolCall call) {
        return counted(
                key,
                request,
                () -> statements.run(
                        key,
                        Access.WRITE,
                        call,
                        (connection, target) -> runner.execute(
                                connection, request, AgentRules.lowered(limits, target), call.cancellation())));
    }

    /** Changes nothing, whatever the statement is; one that writes is planned as who may write. */
    SqlOutcome explain(InstanceKey key, SqlRequest request, Explaining how, SqlLimits limits, ToolCall call) {
        return counted(
                key,
                request,
                () -> statements.run(key, how.writing() ? Access.WRITE : Access.READ, call, (connection, target) -> {
                    var lowered = AgentRules.lowered(limits, target);
                    return runner.explain(
                            connection,
                            request,
                            how.analysing(),
                            new SqlLimits(
                                    lowered.statementTimeout(),
                                    limits.maxRows(),
                                    limits.maxResultBytes(),
                                    limits.maxCellBytes(),
                                    lowered.policy()),
                            call.cancellation());
                }));
    }

    /** Whether a statement is run for its plan, and whether it would write. */
    record Explaining(boolean analysing, boolean writing) {}

    /**
     * What a statement with these limits has there.
     *
     * @param most that the server gives one
     */
    TimeLimit time(InstanceKey key, SqlLimits limits, Duration most) {
        return new TimeLimit(limits.statementTimeout(), statements.lowered(key, most));
    }

    private SqlOutcome counted(InstanceKey key, SqlRequest request, Supplier<SqlOutcome> statement) {
        rates.require(key);
        return meters.measured(key, request.sql(), statement);
    }

    /** Once more where the rows did not fit into memory at once. */
    private SqlOutcome read(
            SqlRequest request,
            SqlLimits limits,
            Cancellation cancellation,
            Function<Statements.Permitted<SqlOutcome>, SqlOutcome> lending) {
        var reading = runner.reading(request, cancellation);
        Statements.Permitted<SqlOutcome> work =
                (connection, target) -> reading.run(connection, AgentRules.lowered(limits, target));
        var outcome = lending.apply(work);
        return reading.isWorthAnotherRun() ? lending.apply(work) : outcome;
    }
}
