package dev.pgherd.operator.database;

import dev.pgherd.operator.resource.PostgresqlConf;
import dev.pgherd.operator.status.DatabaseState.Configuration;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Brings the configuration file that the pod sees into force, and tells how far it is. */
final class ServerConfiguration {

    private static final String VERSIONS = """
            SELECT (SELECT setting FROM pg_file_settings WHERE name = '%1$s' ORDER BY seqno DESC LIMIT 1),
                   current_setting('%1$s', true)""".formatted(PostgresqlConf.VERSION_SETTING);

    /**
     * To be asked before pg_file_settings, which marks parameters in its own session. What the server computes itself,
     * and what stands on its command line, is never what the file says: a restart does not change that, so it counts
     * only if the file was read again since the start.
     */
    private static final String PENDING = """
            SELECT name FROM pg_settings
            WHERE pending_restart AND (source NOT IN ('override', 'command line')
                                       OR pg_conf_load_time() > pg_postmaster_start_time())
            ORDER BY name""";

    /** A parameter that waits for a restart is reported there as not applied, too. */
    private static final String PROBLEMS = """
            SELECT coalesce(f.name || ' = ' || f.setting || ': ', '') || f.error
            FROM pg_file_settings f LEFT JOIN pg_settings s ON s.name = f.name
            WHERE f.error IS NOT NULL AND NOT coalesce(s.pending_restart, false)
            ORDER BY f.seqno""";

    private ServerConfiguration() {}

    static Configuration apply(Connection connection, PostgresqlConf wanted) throws SQLException {
        try (var statement = connection.createStatement()) {
            var pending = column(statement, PENDING);
            var versions = versions(statement);
            if (!wanted.version().equals(versions.file())) {
                return new Configuration.Spreading();
            }
            var problems = column(statement, PROBLEMS);
            if (!problems.isEmpty()) {
                return new Configuration.Invalid(problems);
            }
            if (!wanted.version().equals(versions.server())) {
                statement.execute("SELECT pg_reload_conf()");
                return new Configuration.Spreading();
            }
            return pending.isEmpty() ? new Configuration.Applied() : new Configuration.RestartPending(pending);
        }
    }

    private record Versions(String file, String server) {}

    private static Versions versions(Statement statement) throws SQLException {
        try (var rows = statement.executeQuery(VERSIONS)) {
            rows.next();
            return new Versions(String.valueOf(rows.getString(1)), String.valueOf(rows.getString(2)));
        }
    }

    private static List<String> column(Statement statement, String query) throws SQLException {
        var values = new ArrayList<String>();
        try (var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
