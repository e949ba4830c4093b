package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.Access;
import dev.pgherd.connection.Target;
import dev.pgherd.mcp.schema.Known;
import dev.pgherd.mcp.schema.Load;
import dev.pgherd.mcp.schema.Part;
import dev.pgherd.mcp.schema.SchemaCache;
import dev.pgherd.schema.CatalogReader;
import dev.pgherd.schema.CatalogUnreadableException;
import dev.pgherd.schema.Names;
import dev.pgherd.schema.Overview;
import dev.pgherd.schema.Relation;
import dev.pgherd.schema.TableDetails;
import dev.pgherd.sql.Cancellation;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** What is in an instance's database, as its reading role sees it: remembered, or read now; wakes the instance for that. */
record SchemaKnowledge(
        Statements statements, CatalogReader reader, SchemaCache cache, InstanceRates rates, SqlLimits limits) {

    /** More of an answer is another page: a model has to read it. */
    private static final int LONGEST_ANSWER = 32 << 10;

    static SqlLimits limits(McpConfig config) {
        return new SqlLimits(
                config.statementTimeout(),
                config.maxRows(),
                config.maxResultBytes(),
                SqlLimits.defaults().maxCellBytes());
    }

    Known<Overview> overview(InstanceKey key, boolean fresh, ToolCall call) {
        return known(
                key,
                Part.OVERVIEW,
                fresh,
                call,
                (connection, lowered) -> reader.overview(connection, lowered, call.cancellation()));
    }

    Known<Names> names(InstanceKey key, boolean fresh, ToolCall call) {
        return known(
                key,
                Part.NAMES,
                fresh,
                call,
                (connection, lowered) -> reader.names(connection, lowered, call.cancellation()));
    }

    /** Empty where the table is gone. */
    Known<Optional<TableDetails>> details(InstanceKey key, Relation table, boolean fresh, ToolCall call) {
        return known(
                key,
                Part.of(table),
                fresh,
                call,
                (connection, lowered) -> reader.details(table, connection, lowered, call.cancellation()));
    }

    /** As {@link #overview}, but wakes nothing; empty where it can be neither remembered nor read. */
    Optional<Overview> glance(InstanceKey key, Cancellation cancellation) {
        try {
            return Optional.of(cache.get(key, Part.OVERVIEW, false, cancellation, () -> glanced(key, cancellation))
                    .value());
        } catch (CancellationException | ToolFailedException e) {
            return Optional.empty();
        }
    }

    /** Whoever waits for this reading may wake what it must not: to them, a failure is as if it had not begun. */
    private Load<Overview> glanced(InstanceKey key, Cancellation cancellation) {
        try {
            rates.require(key);
            return statements.runAwake(
                    key,
                    Access.READ,
                    (connection, target) ->
                            read((lent, lowered) -> reader.overview(lent, lowered, cancellation), connection, target));
        } catch (ToolFailedException | CatalogUnreadableException e) {
            return new Load.Cancelled<>();
        }
    }

    /** How many bytes of it one answer may hold. */
    int answerBytes(Known<?> known) {
        return Math.min(
                LONGEST_ANSWER, AgentRules.lowered(limits, known.target()).maxResultBytes());
    }

    private <T> Known<T> known(InstanceKey key, Part<T> part, boolean fresh, ToolCall call, Reading<T> reading) {
        try {
            return cache.get(key, part, fresh, call.cancellation(), () -> load(key, call, reading));
        } catch (CancellationException e) {
            throw new ToolFailedException("The call was cancelled.");
        }
    }

    private <T> Load<T> load(InstanceKey key, ToolCall call, Reading<T> reading) {
        try {
            rates.require(key);
            return statements.run(key, Access.READ, call, (connection, target) -> read(reading, connection, target));
        } catch (ToolFailedException e) {
            // Others wait for this reading, and want to know what its caller does not any more.
            return call.cancellation().requested() ? new Load.Cancelled<>() : new Load.Failed<>(e);
        } catch (CatalogUnreadableException e) {
            return e.outcome() instanceof SqlOutcome.Cancelled
                    ? new Load.Cancelled<>()
                    : new Load.Failed<>(unreadable(key, e.outcome()));
        }
    }

    private <T> Load<T> read(Reading<T> reading, Connection connection, Target target) throws SQLException {
        var read = reading.from(connection, AgentRules.lowered(limits, target));
        return new Load.Loaded<>(target, read.value(), read.bytes());
    }

    private static ToolFailedException unreadable(InstanceKey key, SqlOutcome outcome) {
        var said = StatementResult.of(outcome, "") instanceof ToolResult.Failure failure
                ? failure.message()
                : "PostgreSQL answered without rows.";
        return new ToolFailedException(
                "What is in %s could not be read. %s Try again; the query tool reads its catalog."
                        .formatted(key, said));
    }

    /** What is read on a connection, within the limits of the instance. */
    @FunctionalInterface
    private interface Reading<T> {
        CatalogReader.Read<T> from(Connection connection, SqlLimits lowered) throws SQLException;
    }
}
