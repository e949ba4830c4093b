package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.connection.InstanceUnavailableException.Reason;
import dev.pgherd.route.Route;
import dev.pgherd.sql.AgentDatabase;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlOutcome;
import dev.pgherd.sql.SqlRequest;
import dev.pgherd.sql.SqlRunner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ConnectionRegistryTest {

    private static final InstanceKey KEY = new InstanceKey("default", "shop");
    private static final Endpoint ENDPOINT = new Endpoint("shop-rw.default.svc", 5432, "postgres");
    private static final Credentials READER = new Credentials("pgherd_reader", AgentDatabase.PASSWORD);
    private static final Credentials WRITER = new Credentials("pgherd_writer", AgentDatabase.PASSWORD);
    private static final Target TARGET = new Target(KEY, ENDPOINT, READER, WRITER);

    private static AgentDatabase database;

    private final AtomicInteger port = new AtomicInteger();
    private final Route route = (instance, endpoint) -> InetSocketAddress.createUnresolved("127.0.0.1", port.get());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SqlRunner runner = new SqlRunner();
    private ConnectionRegistry registry = registry(PoolSettings.defaults());

    @BeforeAll
    static void start() throws SQLException {
        database = AgentDatabase.start();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void routeToTheDatabase() {
        port.set(database.port());
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void connectsUnderTheRoleOfTheAccess() throws Exception {
        // Given
        registry.put(TARGET);

        // Then
        assertThat(text(Access.READ, "SELECT current_user")).isEqualTo("pgherd_reader");
        assertThat(text(Access.WRITE, "SELECT current_user")).isEqualTo("pgherd_writer");
        assertThat(text(Access.READ, "SELECT current_setting('application_name')"))
                .isEqualTo("pgherd");
    }

    @Test
    void opensNoConnectionBeforeTheFirstCall() {
        // When
        port.set(1);
        registry.put(TARGET);

        // Then
        assertThat(registry.list()).containsExactly(TARGET);
        assertThat(meters.getMeters()).isEmpty();
    }

    @Test
    void namesAnInstanceThatItDoesNotKnow() {
        // When
        var unavailable = unavailable(Access.READ);

        // Then
        assertThat(unavailable.reason()).isEqualTo(Reason.UNKNOWN_INSTANCE);
        assertThat(unavailable.key()).isEqualTo(KEY);
        assertThat(unavailable).hasMessageContaining("default/shop");
    }

    @Test
    void saysWhenTheSecretIsMissing() {
        // Given
        registry.put(new Target(KEY, ENDPOINT, Credentials.NONE, Credentials.NONE));

        // Then
        assertThat(unavailable(Access.READ).reason()).isEqualTo(Reason.NO_CREDENTIALS);
    }

    @Test
    void saysWhenThePasswordIsWrongAndNeverShowsIt() {
        // Given
        registry = registry(PoolSettings.defaults().withConnectionTimeout(Duration.ofSeconds(2)));
        var wrong = new Credentials("pgherd_reader", "hunter2");
        registry.put(new Target(KEY, ENDPOINT, wrong, WRITER));

        // When
        var unavailable = unavailable(Access.READ);

        // Then
        assertThat(unavailable.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
        assertThat(unavailable).hasMessageContaining("pgherd_reader");
        assertThat(unavailable.getMessage() + registry.list()).doesNotContain("hunter2");
    }

    @Test
    void saysWhenTheServerCannotBeReached() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withConnectionTimeout(Duration.ofSeconds(1)));
        try (var free = new ServerSocket(0)) {
            port.set(free.getLocalPort());
        }
        registry.put(TARGET);

        // When
        var unavailable = unavailable(Access.READ);

        // Then
        assertThat(unavailable.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(unavailable).hasMessageContaining("refused");
    }

    @Test
    void givesUpInTimeOnAServerThatAcceptsAndSaysNothing() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withConnectionTimeout(Duration.ofSeconds(2)));
        try (var silent = new ServerSocket(0)) {
            port.set(silent.getLocalPort());
            registry.put(TARGET);

            // Then
            assertThat(unavailable(Access.READ).reason()).isEqualTo(Reason.UNREACHABLE);
        }
    }

    @Test
    void saysWhenAllConnectionsAreBusy() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withMaximumSize(1).withConnectionTimeout(Duration.ofMillis(600)));
        registry.put(TARGET);
        var running = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var busy = inBackground(connection -> {
            running.countDown();
            return await(goOn);
        });
        running.await();

        // When
        var unavailable = unavailable(Access.READ);

        // Then
        assertThat(unavailable.reason()).isEqualTo(Reason.POOL_EXHAUSTED);
        assertThat(unavailable).hasMessageContaining("All 1 connections for reading");
        assertThat(text(Access.WRITE, "SELECT 'writes have their own'")).isEqualTo("writes have their own");
        goOn.countDown();
        assertThat(busy.join()).isTrue();
        assertThat(text(Access.READ, "SELECT 'free again'")).isEqualTo("free again");
    }

    @Test
    void readsAgainWhenTheServerClosedTheIdleConnection() throws Exception {
        // Given
        registry.put(TARGET);
        var before = text(Access.READ, "SELECT pg_backend_pid()");

        // When
        database.ask("SELECT pg_terminate_backend(" + before + ", 5000)");

        // Then
        assertThat(text(Access.READ, "SELECT pg_backend_pid()")).isNotEqualTo(before);
    }

    @Test
    void doesNotWriteAgainWhenTheConnectionWasLost() throws Exception {
        // Given
        registry.put(TARGET);
        var before = text(Access.WRITE, "SELECT pg_backend_pid()");
        database.ask("SELECT pg_terminate_backend(" + before + ", 5000)");

        // When
        var unavailable =
                catchThrowableOfType(InstanceUnavailableException.class, () -> text(Access.WRITE, "SELECT 'written'"));

        // Then
        assertThat(unavailable.reason()).isEqualTo(Reason.CONNECTION_LOST);
        assertThat(unavailable).hasMessageContaining("unknown");
        assertThat(text(Access.WRITE, "SELECT 'next'")).isEqualTo("next");
    }

    @Test
    void survivesABackendThatIsTerminatedWhileItWorks() throws Exception {
        // Given
        registry.put(TARGET);
        var sleeping = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                InstanceUnavailableException.class, () -> text(Access.READ, "SELECT pg_sleep(9)")));
        var sleeper = "FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(9)%' AND state = 'active'"
                + " AND query_start < now() - interval '1.1 s'";
        Awaitility.await()
                .until(() -> database.ask("SELECT count(*) " + sleeper).equals("1"));

        // When
        database.ask("SELECT pg_terminate_backend(pid) " + sleeper);

        // Then
        assertThat(sleeping.get(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CONNECTION_LOST);
        assertThat(text(Access.READ, "SELECT 'next'")).isEqualTo("next");
    }

    @Test
    void findsTheServerAgainAfterItWasGone() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withConnectionTimeout(Duration.ofSeconds(1)));
        registry.put(TARGET);
        var first = AgentDatabase.start();
        try {
            port.set(first.port());
            assertThat(text(Access.READ, "SELECT 'first'")).isEqualTo("first");
        } finally {
            first.close();
        }
        assertThat(unavailable(Access.READ).reason()).isEqualTo(Reason.UNREACHABLE);

        // When
        port.set(database.port());

        // Then
        assertThat(text(Access.READ, "SELECT 'second'")).isEqualTo("second");
    }

    @Test
    void letsRunningCallsFinishWhenTheCredentialsChange() throws Exception {
        // Given
        database.asOwner("CREATE ROLE other LOGIN PASSWORD '%s'");
        registry.put(TARGET);
        var running = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var old = CompletableFuture.supplyAsync(() -> {
            try {
                return registry.call(KEY, Access.READ, connection -> {
                    running.countDown();
                    await(goOn);
                    return text(connection, "SELECT current_user");
                });
            } catch (InstanceUnavailableException e) {
                throw new AssertionError(e);
            }
        });
        running.await();

        // When
        registry.put(new Target(KEY, ENDPOINT, new Credentials("other", AgentDatabase.PASSWORD), WRITER));

        // Then
        assertThat(text(Access.READ, "SELECT current_user")).isEqualTo("other");
        goOn.countDown();
        assertThat(old.get(5, TimeUnit.SECONDS)).isEqualTo("pgherd_reader");
        Awaitility.await().until(() -> sessions("pgherd_reader").equals("0"));
        assertThat(sessions("other")).isEqualTo("1");
        assertThat(meters.get("hikaricp.connections")
                        .tag("pool", "default/shop/read~1")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void keepsItsConnectionsWhenTheSameTargetComesAgain() throws Exception {
        // Given
        registry.put(TARGET);
        var before = text(Access.READ, "SELECT pg_backend_pid()");

        // When
        registry.put(new Target(KEY, ENDPOINT, READER, WRITER));

        // Then
        assertThat(text(Access.READ, "SELECT pg_backend_pid()")).isEqualTo(before);
    }

    @Test
    void closesTheConnectionsOfARemovedInstance() throws Exception {
        // Given
        registry.put(TARGET);
        text(Access.READ, "SELECT 1");

        // When
        registry.remove(KEY);

        // Then
        assertThat(unavailable(Access.READ).reason()).isEqualTo(Reason.UNKNOWN_INSTANCE);
        Awaitility.await().until(() -> sessions("pgherd_reader").equals("0"));
        Awaitility.await().until(() -> meters.getMeters().isEmpty());
    }

    @Test
    void closesAPoolThatIsNotUsed() throws Exception {
        // Given
        var d = PoolSettings.defaults();
        registry = registry(new PoolSettings(
                d.maximumSize(),
                d.connectionTimeout(),
                d.connectionIdleTimeout(),
                Duration.ofMillis(200),
                d.maxLifetime(),
                d.socketTimeout(),
                d.maxResultBuffer(),
                d.shutdownTimeout()));
        registry.put(TARGET);
        text(Access.READ, "SELECT 1");

        // Then
        Awaitility.await().until(() -> sessions("pgherd_reader").equals("0"));
        assertThat(text(Access.READ, "SELECT 'open again'")).isEqualTo("open again");
    }

    @Test
    void endsRunningCallsWhenItIsClosed() throws Exception {
        // Given
        var d = PoolSettings.defaults();
        registry = registry(new PoolSettings(
                d.maximumSize(),
                d.connectionTimeout(),
                d.connectionIdleTimeout(),
                d.poolIdleTimeout(),
                d.maxLifetime(),
                d.socketTimeout(),
                d.maxResultBuffer(),
                Duration.ofMillis(200)));
        registry.put(TARGET);
        var running = new CountDownLatch(1);
        var call = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                InstanceUnavailableException.class,
                () -> registry.call(KEY, Access.WRITE, connection -> {
                    running.countDown();
                    return text(connection, "SELECT pg_sleep(60)");
                })));
        running.await();

        // When
        registry.close();

        // Then
        assertThat(call.get(5, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CONNECTION_LOST);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("pgherd-connect-default/shop"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT set_config('search_path', 'evil', false)",
                "SELECT pg_advisory_lock(42)",
                "SELECT set_config('role', 'none', false)",
                "SELECT set_config('statement_timeout', '1', false)",
                "SELECT prepare_something()",
                "SELECT hold_a_cursor()",
                "SELECT listen_to_something()",
                "SELECT make_a_temporary_table()",
            })
    void leavesNothingForTheNextCaller(String sql) throws Exception {
        // Given
        database.asOwner(
                "CREATE OR REPLACE FUNCTION prepare_something() RETURNS int LANGUAGE plpgsql AS"
                        + " $$ BEGIN EXECUTE 'PREPARE leak AS SELECT 1'; RETURN 1; END $$",
                "CREATE OR REPLACE FUNCTION hold_a_cursor() RETURNS int LANGUAGE plpgsql AS"
                        + " $$ BEGIN EXECUTE 'DECLARE leak CURSOR WITH HOLD FOR SELECT 1'; RETURN 1; END $$",
                "CREATE OR REPLACE FUNCTION listen_to_something() RETURNS int LANGUAGE plpgsql AS"
                        + " $$ BEGIN EXECUTE 'LISTEN leak'; RETURN 1; END $$",
                "CREATE OR REPLACE FUNCTION make_a_temporary_table() RETURNS int LANGUAGE plpgsql AS"
                        + " $$ BEGIN EXECUTE 'CREATE TEMP TABLE users(leak int)'; RETURN 1; END $$");
        registry = registry(PoolSettings.defaults().withMaximumSize(1));
        registry.put(TARGET);
        var state = "SELECT pg_backend_pid(), current_setting('search_path'), current_setting('statement_timeout'),"
                + " current_user, (SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory'),"
                + " (SELECT count(*) FROM pg_prepared_statements WHERE name = 'leak'),"
                + " (SELECT count(*) FROM pg_cursors WHERE name = 'leak'),"
                + " (SELECT count(*) FROM pg_listening_channels()), to_regclass('users')::oid";
        for (var access : Access.values()) {
            var before = row(access, state);

            // When
            registry.call(
                    KEY,
                    access,
                    connection -> access == Access.READ
                            ? runner.query(connection, SqlRequest.of(sql), SqlLimits.defaults())
                            : runner.execute(connection, SqlRequest.of(sql), SqlLimits.defaults()));

            // Then
            assertThat(row(access, state)).isEqualTo(before);
        }
    }

    @Test
    void doesNotLendAConnectionAgainThatCouldNotBeCleaned() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withMaximumSize(1));
        registry.put(TARGET);
        var before = text(Access.READ, "SELECT pg_backend_pid()");

        // When
        var outcome = registry.call(
                KEY,
                Access.READ,
                connection ->
                        runner.query(connection, SqlRequest.of("SELECT repeat('x', 50000000)"), SqlLimits.defaults()));

        // Then
        assertThat(outcome).isInstanceOf(SqlOutcome.Failed.class);
        assertThat(text(Access.READ, "SELECT pg_backend_pid()")).isNotEqualTo(before);
    }

    private ConnectionRegistry registry(PoolSettings settings) {
        return new ConnectionRegistry(route, settings, meters);
    }

    private CompletableFuture<Boolean> inBackground(ConnectionWork<Boolean> work) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return registry.call(KEY, Access.READ, work);
            } catch (InstanceUnavailableException e) {
                throw new AssertionError(e);
            }
        });
    }

    private InstanceUnavailableException unavailable(Access access) {
        return catchThrowableOfType(InstanceUnavailableException.class, () -> text(access, "SELECT 1"));
    }

    private String sessions(String user) throws SQLException {
        return database.ask("SELECT count(*) FROM pg_stat_activity WHERE usename = '" + user + "'");
    }

    private String text(Access access, String sql) throws InstanceUnavailableException {
        return registry.call(KEY, access, connection -> text(connection, sql));
    }

    private String row(Access access, String sql) throws InstanceUnavailableException {
        return registry.call(KEY, access, connection -> rows(connection, sql).toString());
    }

    private String text(Connection connection, String sql) throws SQLException {
        return rows(connection, sql).get(0).get(0).asText();
    }

    private ArrayNode rows(Connection connection, String sql) throws SQLException {
        var outcome = runner.query(connection, SqlRequest.of(sql), SqlLimits.defaults());
        assertThat(outcome).isInstanceOf(SqlOutcome.Rows.class);
        return ((SqlOutcome.Rows) outcome).rows();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
