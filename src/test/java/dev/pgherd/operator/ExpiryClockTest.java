package dev.pgherd.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.config.OperatorConfig;
import dev.pgherd.kubernetes.EmbeddedApi;
import dev.pgherd.kubernetes.Requests;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator whose clock is hours ahead of the Kubernetes API's. */
class ExpiryClockTest {

    private static final Duration AHEAD = Duration.ofHours(3);

    @TempDir
    private Path directory;

    private final Requests requests = new Requests();
    private EmbeddedApi api;

    @BeforeEach
    void start() {
        api = new EmbeddedApi(directory);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void whatTheApisClockLetsLiveIsNotDeleted() {
        // Given
        create("early", "{lifecycle: {ttl: 2h}}");

        // When
        operate(() -> {
            // Then
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(instance("early").get().reported())
                            .hasValueSatisfying(
                                    status -> assertThat(status.phase()).isEqualTo(Phase.Expiring)));
            assertThat(api.reconciled("default", "early")).isTrue();
        });
        assertThat(requests.all()).noneMatch(request -> request.verb().equals("delete"));
        assertThat(instance("early").get().getMetadata().getAnnotations()).isEmpty();
    }

    @Test
    void whatIsOverByBothClocksIsDeleted() {
        // Given
        create(
                "over",
                "{lifecycle: {expirationTime: '%s'}}"
                        .formatted(Clock.systemUTC().instant()));

        // When
        operate(() -> {
            // Then
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(instance("over").get()).isNull());
        });
        assertThat(api.reconciled("default", "over")).isFalse();
    }

    @Test
    void whatTheApisClockEndsAWhileLaterIsDeletedThen() {
        // Given
        create(
                "brief",
                "{lifecycle: {expirationTime: '%s'}}"
                        .formatted(Clock.systemUTC().instant().plusSeconds(4)));

        // When
        operate(() -> {
            // Then
            await().atMost(Duration.ofSeconds(60)).until(() -> api.reconciled("default", "brief"));
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(instance("brief").get()).isNull());
        });
    }

    private void operate(Runnable work) {
        try (var client = requests.client(api.kubeconfig());
                var operator = new OperatorRuntime(
                        client,
                        (instance, endpoint) -> InetSocketAddress.createUnresolved("nowhere.invalid", endpoint.port()),
                        OperatorConfig.defaults(),
                        Metrics.NOOP,
                        Clock.offset(Clock.systemUTC(), AHEAD),
                        () -> {})) {
            operator.start();
            work.run();
        }
    }

    private void create(String name, String spec) {
        var instance = new PostgresInstance();
        instance.setMetadata(
                new ObjectMetaBuilder().withNamespace("default").withName(name).build());
        instance.setSpec(Given.spec("---\n" + spec));
        api.client().resource(instance).create();
    }

    private Resource<PostgresInstance> instance(String name) {
        return api.client()
                .resources(PostgresInstance.class)
                .inNamespace("default")
                .withName(name);
    }
}
