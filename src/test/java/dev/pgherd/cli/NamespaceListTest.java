package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.config.OperatorConfig;
import dev.pgherd.config.PoolConfig;
import dev.pgherd.kubernetes.ApiRequest;
import dev.pgherd.kubernetes.EmbeddedApi;
import dev.pgherd.kubernetes.Requests;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamespaceListTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("PGHERD_NAMESPACES", "team-b, team-a");

    @Test
    void nothingIsAskedOfOtherNamespacesNorOfTheWholeCluster(@TempDir Path directory) throws Exception {
        var requests = new Requests();
        try (var api = new EmbeddedApi(directory);
                var client = requests.client(api.kubeconfig());
                var herd = new Herd(
                        client,
                        (instance, endpoint) -> InetSocketAddress.createUnresolved("nowhere.invalid", endpoint.port()),
                        HttpConfig.defaults().withPort(0),
                        McpConfig.from(ENVIRONMENT),
                        PoolConfig.defaults(),
                        OperatorConfig.from(ENVIRONMENT),
                        () -> {})) {
            // Given
            CrdCheck.require(client);
            Set.of("team-a", "team-b", "team-c").forEach(api::namespace);
            api.instance("team-c", "foreign", Map.of());
            api.instance("team-b", "shop", Map.of());
            herd.start();

            try (var agent = McpSession.open(herd.baseUrl(), "test", message -> {})) {
                // When
                agent.call("create_postgres_instance", Map.of("name", "toys", "wait_seconds", 0));
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> api.reconciled("team-a", "toys") && api.reconciled("team-b", "shop"));

                // Then
                assertThat(agent.call("list_postgres_instances", Map.of()))
                        .contains("team-a", "toys", "team-b", "shop")
                        .doesNotContain("foreign");
                assertThatThrownBy(() -> agent.call("get_postgres_instance", Map.of("instance", "team-c/foreign")))
                        .hasMessageContaining("does not look after namespace 'team-c', only after: team-a, team-b");
                assertThatThrownBy(() -> agent.call("list_postgres_instances", Map.of("namespace", "team-c")))
                        .hasMessageContaining("team-c");
                assertThatThrownBy(() -> agent.call("create_postgres_instance", Map.of("namespace", "team-c")))
                        .hasMessageContaining("team-c");
                agent.call("get_postgres_instance", Map.of("instance", "team-b/shop"));
                await().until(() -> resources(herd).contains("postgres://team-b/shop"));
                assertThat(resources(herd)).contains("postgres://team-a/toys").doesNotContain("foreign");
                agent.call("drop_postgres_instance", Map.of("instance", "toys", "confirm", "toys", "wait_seconds", 10));
            }
            assertThat(api.reconciled("team-c", "foreign")).isFalse();
            assertThat(requests.all()).extracting(ApiRequest::namespace).containsOnly("team-a", "team-b");
        }
    }

    /** As a client without a session asks. */
    private static String resources(Herd herd) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(herd.mcpUrl()))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofString("""
                        {"jsonrpc":"2.0","id":1,"method":"resources/list"}"""))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    @Test
    void onlyInstancesWithTheLabelAreReconciled(@TempDir Path directory) throws Exception {
        try (var api = new EmbeddedApi(directory);
                var herd = new Herd(
                        api.client(),
                        (instance, endpoint) -> InetSocketAddress.createUnresolved("nowhere.invalid", endpoint.port()),
                        HttpConfig.defaults().withPort(0),
                        McpConfig.defaults(),
                        PoolConfig.defaults(),
                        OperatorConfig.from(Map.of("PGHERD_LABEL_SELECTOR", "team in (shop, toys)")),
                        () -> {})) {
            // Given
            api.instance("default", "foreign", Map.of("team", "other"));
            herd.start();

            // When
            api.instance("default", "ours", Map.of("team", "toys"));

            // Then
            await().atMost(Duration.ofSeconds(60)).until(() -> api.reconciled("default", "ours"));
            assertThat(api.reconciled("default", "foreign")).isFalse();
        }
    }
}
