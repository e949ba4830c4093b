package dev.pgherd.operator.database;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers the planner's statistics, which an upgrade leaves behind: table by table, a few seconds in a pass. What is
 * done is known by the server itself.
 */
final class Statistics {

    private static final Duration A_PASS = Duration.ofSeconds(5);

    private static final String DATABASES = "SELECT datname FROM pg_database WHERE datallowconn ORDER BY datname";

    /** The largest last: the others profit soon. */
    private static final String TABLES = """
            SELECT format('%I.%I', s.schemaname, s.relname)
            FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
            WHERE s.last_analyze IS NULL AND c.relpersistence <> 't'
            ORDER BY c.relpages""";

    private final Login login;

    Statistics(Login login) {
        this.login = login;
    }

    /** True when there is nothing left to do, or nothing that can be done. */
    boolean gather(PostgresInstance instance, DatabaseSecrets secrets) throws IOException, SQLException {
        var deadline = System.nanoTime() + A_PASS.toNanos();
        try (var connection = login.open(instance, secrets, Login.MAINTENANCE_DATABASE)) {
            for (var database : column(connection, DATABASES)) {
                try (var inside = login.open(instance, secrets, database)) {
                    if (!gather(inside, deadline)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static boolean gather(Connection connection, long deadline) throws SQLException {
        var done = 0;
        var failed = 0;
        try (var statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '1s'");
            for (var table : column(connection, TABLES)) {
                if (System.nanoTime() - deadline > 0) {
                    return false;
                }
                if (analyze(statement, table)) {
                    done++;
                } else {
                    failed++;
                }
            }
        }
        return failed == 0 || done == 0;
    }

    /** A table that is locked, or whose index calls a function that fails, does not keep the others waiting. */
    private static boolean analyze(Statement statement, String table) {
        try {
            statement.execute("ANALYZE " + table);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static List<String> column(Connection connection, String query) throws SQLException {
        var values = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
