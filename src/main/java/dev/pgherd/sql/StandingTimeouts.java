package dev.pgherd.sql;

import dev.pgherd.sql.SessionSettings.Timeout;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.postgresql.core.BaseConnection;

/**
 * The timeouts that connections were opened with. Only these need not be set for each statement: whatever a session does,
 * it comes back to them by ROLLBACK and DISCARD ALL, and no default of a role or a server that changes outranks them.
 */
final class StandingTimeouts {

    /** Written so that no search_path of a role gives another meaning to any name in it. */
    private static final String OPENED_WITH = """
            SELECT name, setting FROM pg_catalog.pg_settings
            WHERE name OPERATOR(pg_catalog.~~) '%_timeout' AND source OPERATOR(pg_catalog.=) 'client'
            AND setting OPERATOR(pg_catalog.=) reset_val""";

    /** Errors about what a statement names or may do; this one can be kept from reading. */
    private static final String ACCESS_RULES = "42";

    private final Map<BaseConnection, Set<Timeout>> known = Collections.synchronizedMap(new WeakHashMap<>());

    /** Asks the server once for each connection, which must be outside of a transaction. */
    Set<Timeout> of(BaseConnection connection) throws SQLException {
        var standing = known.get(connection);
        if (standing == null) {
            standing = ask(connection);
            known.put(connection, standing);
        }
        return standing;
    }

    private static Set<Timeout> ask(BaseConnection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(OPENED_WITH)) {
            var standing = new HashSet<Timeout>();
            while (row.next()) {
                standing.add(new Timeout(row.getString(1), row.getLong(2)));
            }
            return Set.copyOf(standing);
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith(ACCESS_RULES)) {
                return Set.of();
            }
            throw e;
        }
    }
}
