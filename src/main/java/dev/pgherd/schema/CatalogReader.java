package dev.pgherd.schema;

import dev.pgherd.sql.Cancellation;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlRunner;
import dev.pgherd.sql.guard.Policy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads what is in a database as the role of the connection sees it, less what the rules of the limits keep from agents. A
 * few queries, whatever the number of tables; none of them opens a table that somebody has locked.
 *
 * <p>All throw {@link CatalogUnreadableException} where PostgreSQL gives no rows, and SQLException when the connection is lost.
 */
public final class CatalogReader {

    /** About 50,000 tables; whoever has more is told that these are not all. */
    private static final int MOST_ROWS = 100_000;

    private static final int MOST_BYTES = 8 << 20;
    private static final int LONGEST_CELL = 1 << 18;

    private final SqlRunner runner;

    public CatalogReader(SqlRunner runner) {
        this.runner = runner;
    }

    public Read<Overview> overview(Connection connection, SqlLimits limits, Cancellation cancellation)
            throws SQLException {
        var query = query(connection, limits, cancellation);
        var schemas = query.run("schemas");
        var relations = query.run("relations");
        var overview = OverviewRows.of(schemas.rows(), relations.rows(), new Visibility(limits.policy()));
        return new Read<>(
                new Overview(overview.schemas(), overview.relations(), schemas.complete() && relations.complete()),
                schemas.bytes() + relations.bytes());
    }

    public Read<Names> names(Connection connection, SqlLimits limits, Cancellation cancellation) throws SQLException {
        var query = query(connection, limits, cancellation);
        var columns = query.run("column-names");
        var routines = query.run("routines");
        var names = NamesRows.of(
                columns.rows(),
                routines.rows(),
                new Visibility(limits.policy()),
                columns.complete() && routines.complete());
        return new Read<>(names, columns.bytes() + routines.bytes());
    }

    /** Empty where the table is not there any more, or not for the role. */
    public Read<Optional<TableDetails>> details(
            Relation table, Connection connection, SqlLimits limits, Cancellation cancellation) throws SQLException {
        var query = query(connection, limits, cancellation);
        var identity = "{" + table.oid() + "}";
        var facts = query.run("facts", identity);
        if (facts.rows().isEmpty()) {
            return new Read<>(Optional.empty(), facts.bytes());
        }
        var columns = query.run("columns", identity);
        var constraints = query.run("constraints", identity);
        var indexes = query.run("indexes", identity);
        var rows = new TableRows(table, new Visibility(limits.policy()));
        return new Read<>(
                Optional.of(rows.details(facts.rows().get(0), columns.rows(), constraints.rows(), indexes.rows())),
                columns.bytes() + constraints.bytes() + indexes.bytes());
    }

    /** The statements are our own: the rules are held against what they bring instead. */
    private CatalogQuery query(Connection connection, SqlLimits limits, Cancellation cancellation) {
        Duration timeout = limits.statementTimeout();
        return new CatalogQuery(
                runner,
                connection,
                new SqlLimits(timeout, MOST_ROWS, MOST_BYTES, LONGEST_CELL, Policy.OPEN),
                cancellation);
    }

    /**
     * What was read.
     *
     * @param bytes about how much it is
     */
    public record Read<T>(T value, long bytes) {}
}
