package dev.pgherd.operator.database;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.resource.Endpoints;
import dev.pgherd.operator.resource.Secrets;
import dev.pgherd.route.BoundedAnswers;
import dev.pgherd.route.Route;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens the operator's own connections: as superuser, one at a time, never pooled, never counted as activity. */
final class Login {

    static final String MAINTENANCE_DATABASE = "postgres";
    static final String APPLICATION_NAME = "pgherd-operator";

    /**
     * Nothing that others may create is ever found by an unqualified name, and no default of the server or the database
     * stands in the way: this is the superuser's session in a database where agents have been.
     */
    private static final String OPTIONS = "-c search_path=pg_catalog,pg_temp -c default_transaction_read_only=off"
            + " -c session_replication_role=origin -c idle_session_timeout=0 -c standard_conforming_strings=on"
            + " -c role=none -c statement_timeout=0 -c lock_timeout=10000"
            + " -c client_min_messages=warning";

    private static final int CONNECT_SECONDS = 5;
    private static final int GREETING_SECONDS = 5;
    private static final int ANSWER_MILLIS = 30_000;
    private static final long ANSWER_BYTES = 16L << 20;

    private final Route route;
    private final ConcurrentHashMap<InstanceKey, LongAdder> elsewhere = new ConcurrentHashMap<>();

    Login(Route route) {
        this.route = route;
    }

    /** How many sessions this process has had outside the maintenance database, where others are counted. */
    long sessionsElsewhere(InstanceKey key) {
        return elsewhere.getOrDefault(key, new LongAdder()).sum();
    }

    /** The caller closes the connection. */
    Connection open(PostgresInstance instance, DatabaseSecrets secrets, String database)
            throws IOException, SQLException {
        var address = route.to(InstanceKey.of(instance), Endpoints.of(instance));
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {address.getHostString()});
        source.setPortNumbers(new int[] {address.getPort()});
        source.setDatabaseName(database);
        source.setUser(Secrets.SUPERUSER);
        source.setPassword(secrets.superuserPassword());
        source.setApplicationName(APPLICATION_NAME);
        source.setOptions(OPTIONS);
        // Whoever answers in the server's place learns nothing from a login that proves the password on both sides.
        source.setRequireAuth("scram-sha-256");
        BoundedAnswers.applyTo(source, ANSWER_BYTES);
        source.setConnectTimeout(CONNECT_SECONDS);
        // No loginTimeout: the driver would spend a thread on each try, which stays behind at a server that is silent.
        source.setSocketTimeout(GREETING_SECONDS);
        var connection = patient(source.getConnection());
        if (!database.equals(MAINTENANCE_DATABASE)) {
            elsewhere
                    .computeIfAbsent(InstanceKey.of(instance), key -> new LongAdder())
                    .increment();
        }
        return connection;
    }

    /** A server that has greeted us may take its time for a statement. */
    private static Connection patient(Connection connection) throws SQLException {
        try {
            connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
