package dev.pgherd.sql;

import dev.pgherd.devcluster.postgres.PostgresServer;
import dev.pgherd.devcluster.postgres.ServerCertificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** A real PostgreSQL with a small shop in it and the two login roles of agents. */
public final class AgentDatabase implements AutoCloseable {

    public static final String PASSWORD = "correct horse";

    private static final String[] SETUP = {
        "CREATE ROLE pgherd_reader LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT PASSWORD '%s'",
        "CREATE ROLE pgherd_writer LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT PASSWORD '%s'",
        "CREATE TABLE users(id int PRIMARY KEY, ssn text, a int, name text)",
        "INSERT INTO users VALUES (1, '111-11', 10, 'Ada'), (2, '222-22', 20, 'Grace')",
        "CREATE TABLE secrets(id int PRIMARY KEY, v text)",
        "INSERT INTO secrets VALUES (1, 'the launch code')",
        "CREATE TABLE events(id int PRIMARY KEY, other int UNIQUE DEFERRABLE INITIALLY DEFERRED)",
        "CREATE SCHEMA evil",
        "CREATE TABLE evil.users(id int)",
        "GRANT USAGE ON SCHEMA evil TO pgherd_reader",
        "GRANT SELECT ON users, events, evil.users TO pgherd_reader, pgherd_writer",
        "GRANT INSERT, UPDATE, DELETE ON users, events TO pgherd_writer",
        "GRANT CREATE ON SCHEMA public TO pgherd_writer",
    };

    private final PostgresServer server;

    private AgentDatabase(PostgresServer server) {
        this.server = server;
    }

    public static AgentDatabase start() throws SQLException {
        var database = new AgentDatabase(PostgresServer.start());
        database.asOwner(SETUP);
        return database;
    }

    public int port() {
        return server.port();
    }

    /** Fast shutdown: sessions are ended. */
    public void stop() {
        server.stop();
    }

    public boolean answers() {
        try {
            return ask("SELECT 1").equals("1");
        } catch (SQLException e) {
            return false;
        }
    }

    /** Starts again after {@link #stop}, on the same port. */
    public void startAgain() {
        server.startAgain();
    }

    /** Lets those in encrypted who ask for it, from the next connection on. */
    public void encrypt(ServerCertificate certificate) throws SQLException {
        try (var connection = server.connect("postgres", server.superuserPassword(), "postgres")) {
            certificate.install(connection);
        }
    }

    /** Runs statements as the superuser. */
    public void asOwner(String... statements) throws SQLException {
        try (var connection = server.connect("postgres", server.superuserPassword(), "postgres");
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql.formatted(PASSWORD));
            }
        }
    }

    /** The first column of the first row, read as the superuser. */
    public String ask(String sql) throws SQLException {
        try (var connection = server.connect("postgres", server.superuserPassword(), "postgres");
                var statement = connection.createStatement();
                var results = statement.executeQuery(sql)) {
            return results.next() ? String.valueOf(results.getString(1)) : "no row";
        }
    }

    public Connection reader() throws SQLException {
        return connect("pgherd_reader", "");
    }

    public Connection writer() throws SQLException {
        return connect("pgherd_writer", "");
    }

    /** One that is opened with options of the server's command line. */
    Connection connect(String user, String options) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", PASSWORD);
        properties.setProperty("maxResultBuffer", "8M");
        properties.setProperty("assumeMinServerVersion", "14");
        properties.setProperty("options", options);
        return DriverManager.getConnection(server.jdbcUrl("postgres"), properties);
    }

    @Override
    public void close() {
        server.close();
    }
}
