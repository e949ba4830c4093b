package dev.pgherd.operator.database;

import dev.pgherd.api.v1alpha1.Extension;
import dev.pgherd.operator.database.access.Identifier;
import dev.pgherd.operator.status.DatabaseProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Creates and updates the extensions of a database, each for itself; what is not wanted any more stays. */
final class Extensions {

    private static final String INSTALLED = "SELECT extname, extversion FROM pg_extension";

    /** Where the extension itself says so; otherwise where users look for what they named. */
    private static final String SCHEMA = """
            SELECT max(v.schema) FROM pg_available_extension_versions v JOIN pg_available_extensions e USING (name)
            WHERE v.name = ? AND v.version = coalesce(?, e.default_version)""";

    private static final String DEFAULT_SCHEMA = "public";

    private Extensions() {}

    static List<DatabaseProblem> ensure(Connection connection, WantedDatabase database) throws SQLException {
        var problems = new ArrayList<DatabaseProblem>();
        if (!database.extensions().isEmpty()) {
            var installed = installed(connection);
            for (var extension : database.extensions()) {
                try {
                    ensure(connection, extension, Optional.ofNullable(installed.get(extension.name())));
                } catch (SQLException e) {
                    problems.add(Problems.ofExtension(database.name(), extension, e));
                }
            }
        }
        return problems;
    }

    private static void ensure(Connection connection, Extension extension, Optional<String> installed)
            throws SQLException {
        if (installed.isEmpty()) {
            run(connection, creation(extension, schema(connection, extension)));
        } else if (extension.version() != null && !extension.version().equals(installed.get())) {
            run(
                    connection,
                    "ALTER EXTENSION %s UPDATE TO %s"
                            .formatted(Identifier.quoted(extension.name()), Identifier.quoted(extension.version())));
        }
    }

    private static String creation(Extension extension, String schema) {
        var version = extension.version() == null ? "" : " VERSION " + Identifier.quoted(extension.version());
        return "CREATE EXTENSION IF NOT EXISTS %s SCHEMA %s%s CASCADE"
                .formatted(Identifier.quoted(extension.name()), Identifier.quoted(schema), version);
    }

    private static Map<String, String> installed(Connection connection) throws SQLException {
        var versions = new HashMap<String, String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(INSTALLED)) {
            while (rows.next()) {
                versions.put(rows.getString(1), rows.getString(2));
            }
        }
        return versions;
    }

    private static String schema(Connection connection, Extension extension) throws SQLException {
        try (var query = connection.prepareStatement(SCHEMA)) {
            query.setString(1, extension.name());
            query.setString(2, extension.version());
            try (var rows = query.executeQuery()) {
                rows.next();
                return Optional.ofNullable(rows.getString(1)).orElse(DEFAULT_SCHEMA);
            }
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
