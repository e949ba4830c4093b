package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.config.OperatorConfig;
import dev.pgherd.devcluster.DevCluster;
import dev.pgherd.operator.OperatorRuntime;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator with a clock that the test sets forward; the server and its sessions are real. */
class IdleIT {

    private final Lifetime lifetime = new Lifetime();
    private final Shifted clock = new Shifted();
    private DevCluster cluster;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        lifetime.start();
        cluster = lifetime.own(
                new DevCluster(directory, Directories.ofThisProcess().cache(), Clock.systemUTC()));
        cluster.start(false, progress -> {});
        var route = lifetime.own(DevRoute.of(cluster));
        lifetime.own(new OperatorRuntime(
                        cluster.client(), route, OperatorConfig.from(Map.of()), Metrics.NOOP, clock, () -> {}))
                .start();
        var shop = new PostgresInstance();
        shop.setMetadata(new ObjectMetaBuilder()
                .withName("shop")
                .withNamespace("default")
                .build());
        shop.setSpec(Given.spec("---\nlifecycle: {idleTimeout: 20m}"));
        cluster.client().resource(shop).create();
        eventually(() -> assertThat(current().getStatus().met(Condition.READY)).isTrue());
    }

    @AfterEach
    void stop() {
        lifetime.close();
    }

    /** Time passes, and the operator looks. */
    private void pass(Duration time) {
        clock.shift.updateAndGet(before -> before.plus(time));
        cluster.client()
                .pods()
                .inNamespace("default")
                .withName("shop-0")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"labels\":{\"look\":\"%s\"}}}".formatted(UUID.randomUUID()));
    }

    private void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(90)).ignoreExceptions().untilAsserted(assertion);
    }

    private void awaitLook() {
        eventually(() -> assertThat(current().getStatus().lastActivityTime())
                .isGreaterThan(clock.instant().minus(Duration.ofMinutes(1)).toString()));
    }

    private Resource<PostgresInstance> resource() {
        return cluster.client()
                .resources(PostgresInstance.class)
                .inNamespace("default")
                .withName("shop");
    }

    private PostgresInstance current() {
        return resource().get();
    }

    private Connection session() throws Exception {
        var secret = cluster.client()
                .secrets()
                .inNamespace("default")
                .withName("shop-app")
                .get();
        var password = new String(Base64.getDecoder().decode(secret.getData().get("password")), StandardCharsets.UTF_8);
        var pod = cluster.client()
                .pods()
                .inNamespace("default")
                .withName("shop-0")
                .get();
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:5432/app".formatted(pod.getStatus().getPodIP()), "app", password);
    }

    @Test
    void nobodyKeepsItAwakeButASession() throws Exception {
        // Given: the first look counts as use
        awaitLook();

        // When: somebody is there all the time
        try (var session = session()) {
            assertThat(session.isValid(5)).isTrue();
            pass(Duration.ofMinutes(19));
            awaitLook();
            pass(Duration.ofMinutes(19));
            awaitLook();
        }

        // When: somebody came and went
        session().close();
        pass(Duration.ofMinutes(15));
        awaitLook();
        assertThat(current().wish().hibernated()).isFalse();

        // When: nobody comes
        pass(Duration.ofMinutes(21));

        // Then
        eventually(() -> {
            var ready = current().getStatus().condition(Condition.READY).orElseThrow();
            assertThat(ready.reason()).isEqualTo("Hibernated");
            assertThat(ready.message()).contains("idle for 20m");
        });
        assertThat(current().wish().hibernated()).isTrue();
    }

    /** The time of the machine, set forward. */
    private static final class Shifted extends Clock {

        private final AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(shift.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
