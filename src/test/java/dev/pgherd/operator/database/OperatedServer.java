package dev.pgherd.operator.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.devcluster.postgres.PostgresServer;
import dev.pgherd.operator.resource.Secrets;
import dev.pgherd.operator.status.DatabaseState;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** A real server, and the part of the operator that works inside it; every role has the same password. */
public final class OperatedServer implements AutoCloseable {

    public static final String PASSWORD = "password-of-it";

    private final PostgresServer server;
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private boolean newest = true;
    private final InstanceDatabase database;

    public OperatedServer() {
        this(PostgresServer.start());
    }

    OperatedServer(PostgresServer server) {
        this.server = server;
        database = new InstanceDatabase(
                (key, endpoint) -> new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
                instance -> newest,
                new Clock() {
                    @Override
                    public ZoneOffset getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public Instant instant() {
                        return now;
                    }
                });
    }

    /** An instance named shop; another uid is another resource over the same volume. */
    public static PostgresInstance instance(String uid, String spec) {
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withName("shop")
                .withNamespace("team-a")
                .withUid(uid)
                .build());
        instance.setSpec(Given.spec(spec));
        return instance;
    }

    /** A pass that no schedule calls to look into the databases. */
    DatabaseState reconcile(PostgresInstance instance, DatabaseSecrets secrets) {
        while (WantedDatabase.of(instance).stream()
                .anyMatch(wanted -> LookSchedule.due(instance, wanted.name(), now))) {
            now = now.plusSeconds(1);
        }
        return database.reconcile(instance, secrets);
    }

    /** Whether the API would say of every spec that there is no newer one. */
    void newest(boolean all) {
        newest = all;
    }

    public DatabaseState reconcile(PostgresInstance instance) {
        return reconcile(instance, secrets(instance, "1"));
    }

    /** The passes of a quarter of an hour. */
    void reconcileForAWhile(PostgresInstance instance) {
        for (var end = now.plus(Duration.ofMinutes(15)); now.isBefore(end); ) {
            now = now.plusSeconds(30);
            assertThat(database.reconcile(instance, secrets(instance, "1"))).isInstanceOf(DatabaseState.Reached.class);
        }
    }

    DatabaseSecrets secrets(PostgresInstance instance, String version) {
        return new DatabaseSecrets(
                versioned(Secrets.superuser(instance, Optional.empty(), server::superuserPassword), version),
                versioned(Secrets.app(instance, Optional.empty(), () -> PASSWORD), version),
                versioned(Secrets.agent(instance, Optional.empty(), () -> PASSWORD), version));
    }

    static Secret versioned(Secret secret, String version) {
        secret.getMetadata().setUid("uid");
        secret.getMetadata().setResourceVersion(version);
        return secret;
    }

    /** All sessions end, and what takes a restart takes effect. */
    public void restart() {
        server.stop();
        server.startAgain();
    }

    public Connection connect(String role, String name) throws SQLException {
        return server.connect(role, role.equals(Secrets.SUPERUSER) ? server.superuserPassword() : PASSWORD, name);
    }

    public void run(String role, String name, String sql) throws SQLException {
        try (var connection = connect(role, name);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public void asSuperuser(String sql) throws SQLException {
        run(Secrets.SUPERUSER, "postgres", sql);
    }

    public String ask(String name, String sql) throws SQLException {
        try (var connection = connect(Secrets.SUPERUSER, name);
                var rows = connection.createStatement().executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "no row";
        }
    }

    void refused(String role, String name, String sql) {
        assertThatThrownBy(() -> run(role, name, sql))
                .describedAs("%s: %s", role, sql)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
