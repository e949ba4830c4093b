package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.route.Route;
import dev.pgherd.sql.AgentDatabase;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlOutcome;
import dev.pgherd.sql.SqlRequest;
import dev.pgherd.sql.SqlRunner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A registry over a real PostgreSQL, whose port the test can change behind the registry's back. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RegistryFixture {

    static final InstanceKey KEY = new InstanceKey("default", "shop");
    static final Endpoint ENDPOINT = new Endpoint("shop-rw.default.svc", 5432, "postgres");
    static final Credentials READER = new Credentials("pgherd_reader", AgentDatabase.PASSWORD);
    static final Credentials WRITER = new Credentials("pgherd_writer", AgentDatabase.PASSWORD);
    static final Target TARGET = new Target(KEY, ENDPOINT, READER, WRITER);

    final AtomicInteger port = new AtomicInteger();
    final Route route = (instance, endpoint) -> InetSocketAddress.createUnresolved("127.0.0.1", port.get());
    final SqlRunner runner = new SqlRunner();
    AgentDatabase database;
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    ConnectionRegistry registry = new ConnectionRegistry(route, PoolSettings.defaults(), meters);

    @BeforeAll
    void start() throws SQLException {
        database = AgentDatabase.start();
    }

    @AfterAll
    void stop() {
        database.close();
    }

    @BeforeEach
    void open() {
        port.set(database.port());
        registry = registry(PoolSettings.defaults());
    }

    @AfterEach
    void close() {
        registry.close();
    }

    /** One in the place of the present one. */
    ConnectionRegistry registry(PoolSettings settings) {
        return registry(settings, Timing.ofThisMachine());
    }

    ConnectionRegistry registry(PoolSettings settings, Timing timing) {
        registry.close();
        meters = new SimpleMeterRegistry();
        return new ConnectionRegistry(route, settings, meters, timing);
    }

    InstanceUnavailableException unavailable(Access access) {
        return unavailable(access, "SELECT 1");
    }

    InstanceUnavailableException unavailable(Access access, String sql) {
        return catchThrowableOfType(InstanceUnavailableException.class, () -> text(access, sql));
    }

    String sessions(String user) throws SQLException {
        return database.ask("SELECT count(*) FROM pg_stat_activity WHERE usename = '" + user + "'");
    }

    String text(Access access, String sql) throws InstanceUnavailableException {
        return text(KEY, access, sql);
    }

    String text(InstanceKey key, Access access, String sql) throws InstanceUnavailableException {
        return registry.call(key, access, connection -> text(connection, sql));
    }

    String text(Connection connection, String sql) throws SQLException {
        return rows(connection, sql).get(0).get(0).asText();
    }

    ArrayNode rows(Connection connection, String sql) throws SQLException {
        var outcome = runner.query(connection, SqlRequest.of(sql), SqlLimits.defaults());
        assertThat(outcome).isInstanceOf(SqlOutcome.Rows.class);
        return ((SqlOutcome.Rows) outcome).rows().tree();
    }

    <T> CompletableFuture<T> inBackground(InstanceKey key, Access access, ConnectionWork<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return registry.call(key, access, work);
                    } catch (InstanceUnavailableException e) {
                        throw new AssertionError(e);
                    }
                },
                task -> new Thread(task, "test-caller").start());
    }

    /** Holds a connection from the moment that this returns until {@link Held#release}. */
    Held hold(InstanceKey key, Access access) throws InterruptedException {
        var running = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var call = inBackground(key, access, connection -> {
            running.countDown();
            return await(goOn);
        });
        running.await();
        return new Held(goOn, call);
    }

    static boolean await(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    record Held(CountDownLatch goOn, CompletableFuture<Boolean> call) {

        void release() throws Exception {
            goOn.countDown();
            assertThat(call.get(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
