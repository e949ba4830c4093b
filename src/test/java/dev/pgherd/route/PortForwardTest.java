package dev.pgherd.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.Labels;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.config.RouteKind;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Needs a real cluster whose nodes have, or can pull, the image postgres:17. */
@EnabledIfEnvironmentVariable(named = "PGHERD_TWIN_KUBECONFIG", matches = ".+")
class PortForwardTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PASSWORD = UUID.randomUUID().toString();

    private final String namespace = "forward-" + UUID.randomUUID().toString().substring(0, 8);
    private final InstanceKey shop = new InstanceKey(namespace, "shop");
    private final Endpoint endpoint = new Endpoint("shop-rw", 5432, "postgres");
    private final KubernetesClient client = new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(new File(System.getenv("PGHERD_TWIN_KUBECONFIG"))))
            .build();
    private final Route route = Routes.forEnvironment(RouteKind.PORT_FORWARD, false, client);

    @BeforeEach
    void createNamespace() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        await().atMost(PATIENCE)
                .until(() -> client.serviceAccounts()
                                .inNamespace(namespace)
                                .withName("default")
                                .get()
                        != null);
    }

    @AfterEach
    void deleteNamespace() {
        route.close();
        client.namespaces().withName(namespace).delete();
        client.close();
    }

    @Test
    void leadsToThePrimaryAndFindsItsReplacement() throws Exception {
        // Without a pod there is nothing to forward to
        assertThatThrownBy(() -> route.to(shop, endpoint))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no primary pod");

        // Several connections share the local port
        client.resource(pod("shop-0")).create();
        var address = awaitServer();
        try (var one = connect(address);
                var two = connect(address)) {
            assertThat(answer(one)).isEqualTo("42");
            assertThat(answer(two)).isEqualTo("42");
            assertThat(route.to(shop, endpoint)).isEqualTo(address);
        }

        // The pod is replaced by one of the same name
        client.pods()
                .inNamespace(namespace)
                .withName("shop-0")
                .withGracePeriod(0)
                .delete();
        await().atMost(PATIENCE)
                .until(() ->
                        client.pods().inNamespace(namespace).withName("shop-0").get() == null);
        client.resource(pod("shop-0")).create();
        var replaced = awaitServer();
        try (var connection = connect(replaced)) {
            assertThat(answer(connection)).isEqualTo("42");
        }
        assertThat(refuses(address)).isTrue();

        // An instance that has gone keeps no port
        route.retain(Set.of());
        assertThat(refuses(replaced)).isTrue();
    }

    private InetSocketAddress awaitServer() {
        return await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(
                        () -> {
                            var address = route.to(shop, endpoint);
                            connect(address).close();
                            return address;
                        },
                        address -> true);
    }

    private static Connection connect(InetSocketAddress address) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + address.getHostString() + ":" + address.getPort() + "/postgres?connectTimeout=5"
                        + "&loginTimeout=5",
                "postgres",
                PASSWORD);
    }

    private static String answer(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var results = statement.executeQuery("SELECT 6 * 7")) {
            results.next();
            return results.getString(1);
        }
    }

    private static boolean refuses(InetSocketAddress address) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(address, 2_000);
            return false;
        } catch (ConnectException e) {
            return true;
        }
    }

    private Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(Map.of(Labels.INSTANCE, "shop", Labels.ROLE, "primary"))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("postgres")
                .withImage("docker.io/library/postgres:17")
                .withImagePullPolicy("IfNotPresent")
                .addNewEnv()
                .withName("POSTGRES_PASSWORD")
                .withValue(PASSWORD)
                .endEnv()
                .addNewPort()
                .withContainerPort(5432)
                .endPort()
                .endContainer()
                .endSpec()
                .build();
    }
}
