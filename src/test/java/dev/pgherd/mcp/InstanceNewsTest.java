package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgherd.api.Given;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.config.InstanceToolConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.PoolSettings;
import dev.pgherd.connection.RegistrySync;
import dev.pgherd.mcp.instance.KnownInstances;
import dev.pgherd.mcp.tool.PgTools;
import dev.pgherd.sql.SqlRunner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients hear of instances that come, change and go in a Kubernetes API, in both kinds of revisions. */
@Timeout(60)
class InstanceNewsTest {

    private static final InstanceKey SHOP = new InstanceKey("default", "shop");
    private static final String URI = "postgres://default/shop";

    private Cluster cluster;
    private ConnectionRegistry registry;
    private RegistrySync sync;
    private McpFixture mcp;

    @BeforeEach
    void start(@TempDir Path directory) {
        cluster = new Cluster(directory);
        registry = new ConnectionRegistry(
                (instance, endpoint) -> new InetSocketAddress(endpoint.host(), endpoint.port()),
                PoolSettings.defaults(),
                new SimpleMeterRegistry());
        sync = new RegistrySync(cluster.client(), registry);
        var instances = new KnownInstances(registry);
        sync.onEvent(instances::tell);
        sync.onCaughtUp(instances::caughtUp);
        sync.start();
        var config = McpConfig.from(Map.of(InstanceToolConfig.OFFERED, "true"));
        mcp = new McpFixture(
                config,
                meters -> PgTools.of(config, cluster.client(), registry, new SqlRunner(), Clock.systemUTC(), meters),
                instances);
    }

    @AfterEach
    void stop() {
        mcp.close();
        sync.close();
        registry.close();
        cluster.close();
    }

    @Test
    void aSessionFindsWhatHasComeAndHearsWhatBecomesOfIt() {
        var tools = new CopyOnWriteArrayList<List<String>>();
        var resources = new CopyOnWriteArrayList<List<String>>();
        var updates = new CopyOnWriteArrayList<String>();
        try (var client = mcp.with(builder -> builder.toolsChangeConsumer(now -> tools.add(toolNames(now)))
                .resourcesChangeConsumer(now -> resources.add(uris(now)))
                .resourcesUpdateConsumer(now -> now.forEach(content -> updates.add(content.uri()))))) {
            assertThat(client.listResources().resources()).isEmpty();

            // It comes
            cluster.create(SHOP.namespace(), SHOP.name(), Map.of());
            await().until(() -> resources.contains(List.of(URI)));
            await().until(() -> tools.stream().anyMatch(now -> now.contains("shop-delegate")));

            // It changes, for whoever follows it
            client.subscribeResource(McpSchema.SubscribeRequest.builder(URI).build());
            cluster.unavailable(SHOP, Phase.Provisioning, "Starting", "it starts");
            await().until(() -> updates.contains(URI));

            // And it goes
            cluster.instance(SHOP.namespace(), SHOP.name()).delete();
            await().until(() -> resources.get(resources.size() - 1).isEmpty());
            await().until(() -> !tools.get(tools.size() - 1).contains("shop-delegate"));
        }
    }

    @Test
    void aListenerHearsOfListsAndOfTheInstanceThatItNamed() throws Exception {
        // Given
        cluster.create(SHOP.namespace(), SHOP.name(), Map.of());
        await().until(() -> listed().contains(URI));
        var request = StatelessClient.request(
                "subscriptions/listen",
                Map.of(
                        "notifications",
                        Map.of(
                                "resourcesListChanged",
                                true,
                                "resourceSubscriptions",
                                List.of(URI, URI + "/schemas", URI + "x".repeat(64)))));

        try (var stream = EventStream.open(mcp, request)) {
            // Nobody hears of schemas
            assertThat(stream.next().at("/params/notifications").toString())
                    .contains("\"resourcesListChanged\":true", "\"resourceSubscriptions\":[\"" + URI + "\"]");

            // When
            cluster.unavailable(SHOP, Phase.Provisioning, "Starting", "it starts");

            // Then
            assertThat(nextOf(stream, "notifications/resources/updated")
                            .at("/params/uri")
                            .asText())
                    .isEqualTo(URI);
            cluster.create(SHOP.namespace(), "crm", Map.of());
            nextOf(stream, "notifications/resources/list_changed");
            assertThat(listed()).containsExactly("postgres://default/crm", URI);

            // And when it goes
            cluster.instance(SHOP.namespace(), SHOP.name()).delete();
            assertThat(nextOf(stream, "notifications/resources/updated")
                            .at("/params/uri")
                            .asText())
                    .isEqualTo(URI);
        }
    }

    @Test
    void onlyWhatIsThereAndHasNewsCanBeFollowed() {
        cluster.create(SHOP.namespace(), SHOP.name(), Map.of());
        await().until(() -> listed().contains(URI));
        try (var client = mcp.connect()) {
            assertFollowingFails(client::subscribeResource, URI + "s", -32002);
            assertFollowingFails(client::subscribeResource, URI + "/schemas", -32602);
            client.subscribeResource(McpSchema.SubscribeRequest.builder(URI).build());
            client.unsubscribeResource(McpSchema.UnsubscribeRequest.builder(URI).build());
        }
    }

    @Test
    void completingWakesNobody() throws Exception {
        // Given
        cluster.create(SHOP.namespace(), SHOP.name(), Map.of());
        cluster.instance(SHOP.namespace(), SHOP.name()).edit(instance -> {
            instance.setSpec(Given.spec("{\"hibernated\": true}"));
            return instance;
        });
        cluster.hibernated(SHOP, Map.of());
        await().until(() -> listed().contains(URI));

        // When
        var completion = new StatelessClient(mcp)
                .ask(
                        "completion/complete",
                        Map.of(
                                "ref", Map.of("type", "ref/prompt", "name", "explore_database"),
                                "argument", Map.of("name", "schema", "value", ""),
                                "context", Map.of("arguments", Map.of("instance", "shop"))));

        // Then
        assertThat(completion.path("completion")).hasToString("{\"values\":[],\"total\":0,\"hasMore\":false}");
        assertThat(cluster.instance(SHOP.namespace(), SHOP.name()).get().wish().hibernated())
                .isTrue();
    }

    @Test
    void wrongPromptsAndCompletionsAreInvalidParams() throws Exception {
        assertInvalid("prompts/get", Map.of("name", "nothing"), "explore_database");
        assertInvalid("prompts/get", Map.of("name", "explore_database"), "needs 'instance'");
        assertInvalid(
                "prompts/get",
                Map.of("name", "explore_database", "arguments", Map.of("instance", "a", "table", "b")),
                "no argument 'table'");
        assertInvalid("prompts/get", Map.of("name", "explore_database", "arguments", Map.of("instance", 1)), "a text");
        var argument = Map.of("name", "instance", "value", "");
        assertInvalid("completion/complete", Map.of("argument", argument), "ref.type");
        assertInvalid(
                "completion/complete",
                Map.of("ref", Map.of("type", "ref/resource", "uri", "postgres://x"), "argument", argument),
                "no resource template");
        assertInvalid(
                "completion/complete",
                Map.of(
                        "ref", Map.of("type", "ref/prompt", "name", "explore_database"),
                        "argument", Map.of("name", "nothing", "value", "")),
                "no argument 'nothing'");
    }

    private void assertInvalid(String method, Map<String, Object> params, String said) throws Exception {
        var answer = new StatelessClient(mcp).send(method, params);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("-32602", said);
    }

    private static void assertFollowingFails(Consumer<McpSchema.SubscribeRequest> following, String uri, int code) {
        assertThatThrownBy(() ->
                        following.accept(McpSchema.SubscribeRequest.builder(uri).build()))
                .isInstanceOfSatisfying(
                        McpError.class,
                        error -> assertThat(error.getJsonRpcError().code()).isEqualTo(code));
    }

    private List<String> listed() throws Exception {
        var uris = new ArrayList<String>();
        new StatelessClient(mcp)
                .ask("resources/list", Map.of())
                .path("resources")
                .forEach(resource -> uris.add(resource.path("uri").asText()));
        return uris;
    }

    private static JsonNode nextOf(EventStream stream, String method) throws Exception {
        var message = stream.next();
        while (!message.path("method").asText().equals(method)) {
            message = stream.next();
        }
        return message;
    }

    private static List<String> toolNames(List<McpSchema.Tool> tools) {
        return tools.stream().map(McpSchema.Tool::name).toList();
    }

    private static List<String> uris(List<McpSchema.Resource> resources) {
        return resources.stream().map(McpSchema.Resource::uri).toList();
    }
}
