package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.connection.Access;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Asks a server when a change of its parameters takes effect. */
record ParameterContexts(Statements statements) {

    /** Its value is a superuser's secret, and so is that it exists. */
    private static final Map<String, String> UNTOLD = Map.of("shared_preload_libraries", "postmaster");

    private static final String CONTEXTS = "SELECT name, context FROM pg_settings WHERE name = ANY (?)";

    /** Without those that the server does not tell, because it is asleep or knows no such parameter. */
    Map<String, String> of(InstanceKey key, Set<String> parameters) {
        var contexts = new HashMap<>(UNTOLD);
        if (!parameters.isEmpty()) {
            try {
                contexts.putAll(
                        statements.runAwake(key, Access.READ, (connection, target) -> read(connection, parameters)));
            } catch (ToolFailedException | IllegalStateException e) {
                return contexts;
            }
        }
        return contexts;
    }

    private static Map<String, String> read(Connection connection, Set<String> parameters) throws SQLException {
        var contexts = new HashMap<String, String>();
        try (var query = connection.prepareStatement(CONTEXTS)) {
            query.setArray(1, connection.createArrayOf("text", parameters.toArray()));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    contexts.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return contexts;
    }
}
