package dev.pgherd.connection;

import dev.pgherd.route.BoundedAnswers;
import dev.pgherd.route.Route;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens connections to one instance under one role, asking the route for the address each time. */
final class RoutedDataSource extends PlainDataSource {

    /** The SQLSTATE of a client that could not connect. */
    static final String UNABLE_TO_CONNECT = "08001";

    /** The SQLSTATE of a server that does not know one of the options. */
    private static final String UNDEFINED_OBJECT = "42704";

    /** The oldest supported server; the driver then sends its settings at login, so that a reset comes back to them. */
    private static final String OLDEST_SERVER = "14";

    /** What an answer may hold beside its rows: descriptions, notices, what the last row has beyond the buffer. */
    private static final long BESIDE_ROWS = 16L << 20;

    /** Statements whose reading the driver remembers for each connection: agents rarely send one twice. */
    private static final int REMEMBERED_STATEMENTS = 16;

    /** Whoever cancels a statement waits for this long at most. */
    private static final int CANCEL_SECONDS = 2;

    private final Route route;
    private final Target target;
    private final Credentials credentials;
    private final PoolSettings settings;
    private volatile int serverMajorVersion;

    RoutedDataSource(Route route, Target target, Access access, PoolSettings settings) {
        this.route = route;
        this.target = target;
        this.credentials = target.credentials(access);
        this.settings = settings;
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = connect();
        try {
            serverMajorVersion = connection.getMetaData().getDatabaseMajorVersion();
            connection.setNetworkTimeout(
                    Runnable::run, (int) settings.socketTimeout().toMillis());
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Another server may have come to the address, which does not know what the last one did. */
    private Connection connect() throws SQLException {
        var known = serverMajorVersion;
        try {
            return connect(known);
        } catch (SQLException e) {
            if (known == 0 || !UNDEFINED_OBJECT.equals(e.getSQLState())) {
                throw e;
            }
            return connect(0);
        }
    }

    private Connection connect(int knownVersion) throws SQLException {
        return driver(knownVersion).getConnection(credentials.username(), credentials.password());
    }

    private PGSimpleDataSource driver(int knownVersion) throws SQLException {
        var source = new PGSimpleDataSource();
        address(source);
        // Shorter than the caller waits, so that the caller learns why there is no connection.
        var connectSeconds = Math.max(1, (int) settings.connectionTimeout().toSeconds() - 1);
        source.setDatabaseName(target.endpoint().database());
        source.setApplicationName("pgherd");
        source.setConnectTimeout(connectSeconds);
        // Not the driver's login timeout: it leaves a thread behind for each server that never answers.
        source.setSocketTimeout(connectSeconds);
        source.setCancelSignalTimeout(CANCEL_SECONDS);
        source.setTcpKeepAlive(true);
        source.setMaxResultBuffer(Integer.toString(settings.maxResultBuffer()));
        BoundedAnswers.applyTo(source, settings.maxResultBuffer() + BESIDE_ROWS);
        source.setAssumeMinServerVersion(OLDEST_SERVER);
        source.setPrepareThreshold(0);
        source.setPreparedStatementCacheQueries(REMEMBERED_STATEMENTS);
        source.setBinaryTransfer(false);
        // Notices pile up in the driver's memory and nobody reads them here.
        source.setOptions("-c client_min_messages=error -c standard_conforming_strings=on"
                // A role can give itself other defaults; those of the connection win.
                + " -c default_transaction_read_only=off -c idle_session_timeout=0 "
                + settings.opening().of(target, knownVersion));
        return source;
    }

    private void address(PGSimpleDataSource source) throws SQLException {
        if (target.direct().isPresent()) {
            target.direct().get().applyTo(source, target.endpoint());
            return;
        }
        try {
            var address = route.to(target.key(), target.endpoint());
            source.setServerNames(new String[] {address.getHostString()});
            source.setPortNumbers(new int[] {address.getPort()});
            // Our own servers ask for nothing else, so whoever does is another.
            source.setRequireAuth("scram-sha-256");
        } catch (IOException e) {
            throw new SQLException(e.getMessage(), UNABLE_TO_CONNECT, e);
        }
    }
}
