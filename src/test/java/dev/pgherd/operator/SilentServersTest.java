package dev.pgherd.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.config.Namespaces;
import dev.pgherd.config.OperatorConfig;
import dev.pgherd.devcluster.postgres.PostgresServer;
import dev.pgherd.kubernetes.EmbeddedApi;
import dev.pgherd.kubernetes.Requests;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that accept a connection and then say nothing, as a stopped process or a lost network does. */
class SilentServersTest {

    private static final int THREADS = 4;
    private static final List<String> SILENT =
            IntStream.range(0, 2 * THREADS).mapToObj(i -> "silent-" + i).toList();

    @TempDir
    private Path directory;

    private final Requests requests = new Requests();
    private EmbeddedApi api;
    private PostgresServer server;
    private ServerSocket silence;

    @BeforeEach
    void start() throws Exception {
        api = new EmbeddedApi(directory);
        server = PostgresServer.start();
        silence = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws Exception {
        silence.close();
        server.close();
        api.close();
    }

    @Test
    void moreOfThemThanThreadsDoNotHoldUpAnInstanceThatAnswers() {
        var before = loginThreads();
        try (var client = requests.client(api.kubeconfig());
                var operator = new OperatorRuntime(
                        client,
                        (instance, endpoint) -> new InetSocketAddress(
                                InetAddress.getLoopbackAddress(),
                                instance.name().equals("good") ? server.port() : silence.getLocalPort()),
                        new OperatorConfig(Namespaces.all(), "", THREADS, 0, Optional.empty()),
                        Metrics.NOOP,
                        Clock.systemUTC(),
                        () -> {})) {
            // Given
            operator.start();
            SILENT.forEach(this::run);
            SILENT.forEach(name -> await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(available(name).reason()).isEqualTo("Unreachable")));

            // When
            superuserSecret();
            run("good");

            // Then
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(available("good").status()).isEqualTo("True"));
            assertThat(loginThreads()).isSubsetOf(before);
        }
    }

    @Test
    void aSecretWithoutOurLabelIsNeverRead() {
        // Given
        api.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("foreign")
                        .endMetadata()
                        .build())
                .create();
        try (var client = requests.client(api.kubeconfig());
                var operator = new OperatorRuntime(
                        client,
                        (instance, endpoint) -> InetSocketAddress.createUnresolved("nowhere.invalid", endpoint.port()),
                        OperatorConfig.defaults(),
                        Metrics.NOOP,
                        Clock.systemUTC(),
                        () -> {})) {
            // When
            operator.start();
            api.instance("default", "shop", Map.of());
            await().atMost(Duration.ofSeconds(60)).until(() -> api.reconciled("default", "shop"));

            // Then
            assertThat(requests.all())
                    .filteredOn(request -> request.resource().equals("secrets"))
                    .isNotEmpty()
                    .allMatch(request -> request.name().startsWith("shop-")
                            || request.query().contains("labelSelector=app.kubernetes.io/managed-by=pgherd"));
        }
    }

    /** Those that the driver starts for single logins, where it is told to. */
    private static Set<Thread> loginThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("JDBC"))
                .collect(Collectors.toSet());
    }

    private Condition available(String name) {
        return Optional.ofNullable(api.client()
                        .resources(PostgresInstance.class)
                        .inNamespace("default")
                        .withName(name)
                        .get())
                .flatMap(PostgresInstance::reported)
                .flatMap(status -> status.condition(Condition.AVAILABLE))
                .orElseGet(() -> new Condition(Condition.AVAILABLE, "Unknown", "", "", "", 0));
    }

    /** What a cluster would do: a pod that is ready. */
    private void run(String name) {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name + "-0")
                .withLabels(Map.of("app.kubernetes.io/managed-by", "pgherd", "pgherd.dev/instance", name))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("postgres")
                .withImage("postgres:17")
                .endContainer()
                .endSpec()
                .build();
        api.client().resource(pod).create();
        api.client()
                .resource(pod)
                .editStatus(p -> new PodBuilder(p)
                        .withNewStatus()
                        .withPhase("Running")
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build());
        api.instance("default", name, Map.of());
    }

    private void superuserSecret() {
        api.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("good-superuser")
                        .withLabels(Map.of("app.kubernetes.io/managed-by", "pgherd", "pgherd.dev/instance", "good"))
                        .endMetadata()
                        .addToStringData("username", "postgres")
                        .addToStringData("password", server.superuserPassword())
                        .withType("kubernetes.io/basic-auth")
                        .build())
                .create();
    }
}
