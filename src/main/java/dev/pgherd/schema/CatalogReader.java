package dev.pgherd.schema;

import dev.pgherd.sql.Cancellation;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlRunner;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Reads what is in a database as the role of the connection sees it, less what the rules of the limits keep from agents. A
 * few queries, whatever the number of tables; none of them opens a table that somebody has locked.
 *
 * <p>All throw {@link CatalogUnreadableException} where PostgreSQL gives no rows, and SQLException when the connection is lost.
 */
public final class CatalogReader {

    private final SqlRunner runner;

    public CatalogReader(SqlRunner runner) {
        this.runner = runner;
    }

    public Read<Overview> overview(Connection connection, SqlLimits limits, Cancellation cancellation)
            throws SQLException {
        var query = query(connection, limits, cancellation);
        var schemas = query.all(CatalogText.SCHEMAS);
        var relations = query.all(CatalogText.RELATIONS);
        var overview = OverviewRows.of(schemas.rows(), relations.rows(), new Visibility(limits.policy()));
        return new Read<>(
                new Overview(overview.schemas(), overview.relations(), schemas.complete() && relations.complete()),
                schemas.bytes() + relations.bytes());
    }

    public Read<Names> names(Connection connection, SqlLimits limits, Cancellation cancellation) throws SQLException {
        var query = query(connection, limits, cancellation);
        var columns = query.all(CatalogText.COLUMN_NAMES);
        var routines = query.all(CatalogText.ROUTINES);
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
        var facts = query.few(CatalogText.FACTS, identity);
        if (facts.rows().isEmpty()) {
            return new Read<>(Optional.empty(), facts.bytes());
        }
        var columns = query.few(CatalogText.COLUMNS, identity);
        var constraints = query.few(CatalogText.CONSTRAINTS, identity);
        var indexes = query.few(CatalogText.INDEXES, identity);
        var rows = new TableRows(table, new Visibility(limits.policy()));
        return new Read<>(
                Optional.of(rows.details(facts.rows().get(0), columns.rows(), constraints.rows(), indexes.rows())),
                columns.bytes() + constraints.bytes() + indexes.bytes());
    }

    private CatalogQuery query(Connection connection, SqlLimits limits, Cancellation cancellation) {
        return new CatalogQuery(runner, connection, limits.statementTimeout(), cancellation);
    }

    /**
     * What was read.
     *
     * @param bytes about how much it is
     */
    public record Read<T>(T value, long bytes) {}
}
