package dev.pgherd.health;

import dev.pgherd.health.Statistics.Cause;
import dev.pgherd.schema.Visibility;
import dev.pgherd.sql.Cancellation;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlOutcome;
import dev.pgherd.sql.SqlRequest;
import dev.pgherd.sql.SqlRunner;
import dev.pgherd.sql.StatementKind;
import dev.pgherd.sql.StatementPolicy;
import dev.pgherd.sql.guard.Policy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Reads pg_stat_statements with the role of a connection, less what names what is kept from agents. */
public record TopStatements(SqlRunner runner) {

    private static final String EXTENSION = """
            SELECT pg_catalog.quote_ident(n.nspname) AS place,
                   pg_catalog.string_to_array(e.extversion, '.')::int[] >= ARRAY[1, 9] AS recent
            FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
            WHERE e.extname = 'pg_stat_statements'""";

    private static final String STATEMENTS = """
            SELECT s.query AS query, pg_catalog.pg_get_userbyid(s.userid)::text AS role, s.userid = r.oid AS own, s.calls AS calls,
                   s.total_exec_time AS total, s.mean_exec_time AS mean, s.rows AS rows,
                   s.shared_blks_hit + s.shared_blks_read AS blocks,
                   s.total_exec_time / nullif(sum(s.total_exec_time) OVER (), 0) AS share,
                   (SELECT i.stats_reset::text FROM {place}.pg_stat_statements_info i) AS since
            FROM {place}.pg_stat_statements s
            JOIN pg_catalog.pg_database d ON d.oid = s.dbid AND d.datname = pg_catalog.current_database()
            JOIN pg_catalog.pg_roles r ON r.rolname = current_user
            ORDER BY s.{order} DESC, s.queryid LIMIT 2000""";

    private static final String NOT_LOADED = "55000";

    /** What looks into the catalog by full names, as PgHerd does, is no work of the database's users. */
    private static final String CATALOG = "pg_catalog.";

    /**
     * The statements that cost most.
     *
     * @throws SQLException when the connection is lost
     */
    public Statistics read(
            Connection connection, StatementOrder order, int limit, SqlLimits limits, Cancellation cancellation)
            throws SQLException {
        var installed = runner.query(connection, SqlRequest.of(EXTENSION), Reading.limits(limits), cancellation);
        if (!(installed instanceof SqlOutcome.Rows found)) {
            return new Statistics.Missing(Cause.UNREADABLE, Reading.problem(installed));
        }
        if (found.rowCount() == 0) {
            return new Statistics.Missing(
                    Cause.NOT_INSTALLED, "the extension pg_stat_statements is not in this database");
        }
        var extension = Reading.rows(found).get(0);
        if (!extension.flag("recent")) {
            return new Statistics.Missing(
                    Cause.TOO_OLD, "the extension pg_stat_statements in this database is older than 1.9");
        }
        var sql = STATEMENTS.replace("{place}", extension.text("place")).replace("{order}", order.expression());
        var outcome = runner.query(connection, SqlRequest.of(sql), Reading.limits(limits), cancellation);
        if (outcome instanceof SqlOutcome.Rows rows) {
            return judge(Reading.rows(rows), limit, limits.policy());
        }
        var loaded = !(outcome instanceof SqlOutcome.Failed failed
                && failed.sqlState().equals(NOT_LOADED));
        return new Statistics.Missing(loaded ? Cause.UNREADABLE : Cause.NOT_LOADED, Reading.problem(outcome));
    }

    static Statistics.Known judge(List<Row> rows, int limit, Policy policy) {
        var visibility = new Visibility(policy);
        var work = rows.stream()
                .filter(row -> !(row.flag("own") && row.text("query").contains(CATALOG)))
                .toList();
        var foreign = work.stream()
                .filter(row -> foreign(row, policy))
                .collect(Collectors.groupingBy(
                        row -> row.text("role"),
                        Collectors.collectingAndThen(Collectors.toList(), Statistics.Foreign::of)));
        var told = work.stream()
                .filter(row -> !foreign(row, policy)
                        && !StatementKind.of(row.text("query")).equals("OTHER"))
                .toList();
        var shown = told.stream()
                .filter(row -> !visibility.comment(row.text("query")).isEmpty()
                        && StatementPolicy.permits(row.text("query"), policy))
                .toList();
        return new Statistics.Known(
                shown.stream().limit(limit).map(TopStatements::statement).toList(),
                foreign,
                told.size() - shown.size(),
                rows.isEmpty() ? "" : rows.get(0).text("since"));
    }

    /** Where agents see some schemas alone, a name without one may be of another: only they know what they meant. */
    private static boolean foreign(Row row, Policy policy) {
        return !row.has("query")
                || row.text("query").equals("<insufficient privilege>")
                || (!policy.schemas().isEmpty() && !row.flag("own"));
    }

    private static TopStatement statement(Row row) {
        return new TopStatement(
                row.text("query"),
                row.text("role"),
                (long) row.number("calls"),
                row.number("total"),
                row.number("mean"),
                (long) row.number("rows"),
                (long) row.number("blocks"),
                row.number("share"));
    }
}
