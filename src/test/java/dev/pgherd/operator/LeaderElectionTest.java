package dev.pgherd.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.config.LeaderElection;
import dev.pgherd.config.Namespaces;
import dev.pgherd.config.OperatorConfig;
import dev.pgherd.kubernetes.ApiRequest;
import dev.pgherd.kubernetes.EmbeddedApi;
import dev.pgherd.kubernetes.Requests;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaderElectionTest {

    /** Longer than any test takes: whoever takes over sooner was let. */
    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    private Path directory;

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
    void ofTwoOperatorsOneActsAndTheOtherTakesOverWhenItIsClosed() {
        try (var first = new Participant("first", LONG);
                var second = new Participant("second", LONG)) {
            // Given
            first.start();
            await().until(() -> holder().equals("first"));
            second.start();

            // When
            api.instance("default", "shop", Map.of());

            // Then
            await().atMost(Duration.ofSeconds(60)).until(() -> api.reconciled("default", "shop"));
            assertThat(second.requests.writes()).noneMatch(LeaderElectionTest::isForInstances);
            assertThat(second.operator.healthy()).isTrue();

            // When
            first.operator.close();
            var writes = first.requests.writes().size();
            api.instance("default", "toys", Map.of());

            // Then
            await().atMost(Duration.ofSeconds(60)).until(() -> api.reconciled("default", "toys"));
            assertThat(holder()).isEqualTo("second");
            assertThat(first.requests.writes()).hasSize(writes);
            assertThat(first.ended.getCount())
                    .describedAs("an orderly end is no loss")
                    .isEqualTo(1);
        }
    }

    @Test
    void anOperatorWhoseLeaseIsTakenAwayStops() throws Exception {
        try (var robbed = new Participant("robbed", LONG);
                var thief = new Participant("thief", LONG)) {
            // Given
            robbed.start();
            await().until(() -> holder().equals("robbed"));

            // When
            // Without a resourceVersion, which the holder's renewals would make out of date.
            lease().patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"holderIdentity\": \"thief\"}}");

            // Then
            assertThat(robbed.ended.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(robbed.operator.healthy()).isFalse();

            // When
            thief.start();
            api.instance("default", "shop", Map.of());

            // Then
            await().atMost(Duration.ofSeconds(60)).until(() -> api.reconciled("default", "shop"));
            assertThat(robbed.requests.writes()).noneMatch(LeaderElectionTest::isForInstances);
        }
    }

    @Test
    void theLeaseOfAnOperatorThatVanishedExpires() {
        // Given
        api.client()
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("herd")
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity("gone")
                        .withLeaseDurationSeconds(2)
                        .withAcquireTime(ZonedDateTime.now(ZoneOffset.UTC))
                        .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                        .endSpec()
                        .build())
                .create();

        try (var next = new Participant("next", Duration.ofSeconds(10))) {
            // When
            next.start();
            api.instance("default", "shop", Map.of());

            // Then
            await().atMost(Duration.ofSeconds(60)).until(() -> api.reconciled("default", "shop"));
            assertThat(holder()).isEqualTo("next");
        }
    }

    private static boolean isForInstances(ApiRequest request) {
        return !request.group().equals("coordination.k8s.io")
                && !request.group().equals("authorization.k8s.io");
    }

    private String holder() {
        return Optional.ofNullable(lease().get())
                .map(lease -> Objects.requireNonNullElse(lease.getSpec().getHolderIdentity(), ""))
                .orElse("");
    }

    private Resource<Lease> lease() {
        return api.client().leases().inNamespace("default").withName("herd");
    }

    /** One operator with a client of its own. */
    private final class Participant implements AutoCloseable {

        private final Requests requests = new Requests();
        private final CountDownLatch ended = new CountDownLatch(1);
        private final KubernetesClient client = requests.client(api.kubeconfig());
        private final OperatorRuntime operator;

        Participant(String identity, Duration lease) {
            var election = new LeaderElection(
                    "herd",
                    Optional.of("default"),
                    Optional.of(identity),
                    lease,
                    lease.minusSeconds(1),
                    Duration.ofMillis(200));
            this.operator = new OperatorRuntime(
                    client,
                    (instance, endpoint) -> InetSocketAddress.createUnresolved("nowhere.invalid", endpoint.port()),
                    new OperatorConfig(Namespaces.all(), "", 4, 0, Optional.of(election)),
                    Metrics.NOOP,
                    Clock.systemUTC(),
                    ended::countDown);
        }

        void start() {
            operator.start();
        }

        @Override
        public void close() {
            operator.close();
            client.close();
        }
    }
}
