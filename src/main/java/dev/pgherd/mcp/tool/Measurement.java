package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** What a server tells of itself, and how long one trip to it takes. */
record Measurement(
        Duration roundTrip,
        String version,
        long uptimeSeconds,
        int connections,
        int maxConnections,
        long databaseBytes,
        boolean inRecovery) {

    private static final int TIMEOUT_SECONDS = 5;

    /** Connections are counted by database: of sessions of other roles, agents' roles see nothing more. */
    private static final String FACTS = """
            SELECT current_setting('server_version'),
                   extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())::bigint,
                   (SELECT sum(numbackends) FROM pg_stat_database)::int,
                   current_setting('max_connections')::int,
                   pg_database_size(current_database()),
                   pg_is_in_recovery()""";

    static Measurement of(Connection connection) throws SQLException {
        var roundTrip = timedTrip(connection);
        try (var statement = connection.createStatement()) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            try (var row = statement.executeQuery(FACTS)) {
                row.next();
                return new Measurement(
                        roundTrip,
                        row.getString(1),
                        row.getLong(2),
                        row.getInt(3),
                        row.getInt(4),
                        row.getLong(5),
                        row.getBoolean(6));
            }
        }
    }

    /** How long one trip to the server takes. */
    static Duration timedTrip(Connection connection) throws SQLException {
        var started = System.nanoTime();
        if (!connection.isValid(TIMEOUT_SECONDS)) {
            throw new SQLException("the server does not answer", "08006");
        }
        return Duration.ofNanos(System.nanoTime() - started);
    }

    void addTo(ObjectNode json) {
        json.put("round_trip_ms", milliseconds());
        json.put("server_version", version);
        json.put("uptime_seconds", uptimeSeconds);
        json.put("connections", connections);
        json.put("max_connections", maxConnections);
        json.put("database_bytes", databaseBytes);
        json.put("in_recovery", inRecovery);
    }

    String summary() {
        return "PostgreSQL %s, up %d s, round trip %.2f ms, %d of %d connections, database %d bytes%s"
                .formatted(
                        version,
                        uptimeSeconds,
                        milliseconds(),
                        connections,
                        maxConnections,
                        databaseBytes,
                        inRecovery ? ", in recovery" : "");
    }

    private double milliseconds() {
        return Math.round(roundTrip.toNanos() / 10_000d) / 100d;
    }
}
