package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.config.McpConfig;
import dev.pgherd.mcp.call.ToolCalls;
import dev.pgherd.mcp.call.ToolMethods;
import dev.pgherd.mcp.call.ToolSource;
import dev.pgherd.mcp.limit.CallLimits;
import dev.pgherd.mcp.method.Announcer;
import dev.pgherd.mcp.method.Feature;
import dev.pgherd.mcp.method.Listing;
import dev.pgherd.mcp.method.News;
import dev.pgherd.mcp.tool.KubernetesFailure;
import dev.pgherd.mcp.tool.PgTool;
import dev.pgherd.mcp.tool.Vocabulary;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lists that change and that are long, and news of them, in both kinds of revisions. */
@Timeout(60)
class ChangingToolsTest {

    private static final String URI = "postgres://default/shop";

    private final Announcer announcer = new Announcer();
    private volatile List<PgTool> tools = List.of(ToolFake.echo());
    private McpFixture mcp;

    @BeforeEach
    void start() {
        var source = new ToolSource() {
            @Override
            public List<PgTool> tools() {
                return tools;
            }

            @Override
            public boolean changes() {
                return true;
            }
        };
        var resources = new Feature(
                "resources",
                JsonNodeFactory.instance.objectNode().put("subscribe", true),
                Map.of("resources/subscribe", request -> {
                    request.session().orElseThrow().follow(request.required("uri"));
                    return JsonNodeFactory.instance.objectNode();
                }),
                URI::equals);
        var config = McpConfig.defaults();
        mcp = new McpFixture(meters -> McpEndpoint.open(
                "1.2.3",
                config,
                List.of(
                        new ToolMethods(
                                        source,
                                        new ToolCalls(
                                                meters,
                                                new CallLimits(config.callLimits(), System::nanoTime),
                                                Vocabulary.ofAgents(config.enabledTools()),
                                                new KubernetesFailure("")))
                                .feature(),
                        resources),
                announcer));
    }

    @AfterEach
    void stop() {
        mcp.close();
    }

    @Test
    void aSessionHearsThatTheToolsHaveChangedAndFindsTheNewOnes() {
        // Given
        var heard = new CopyOnWriteArrayList<List<String>>();
        try (var client = mcp.with(builder -> builder.toolsChangeConsumer(now -> heard.add(names(now))))) {
            assertThat(client.getServerCapabilities().tools().listChanged()).isTrue();

            // When
            tools = List.of(ToolFake.echo(), fake("shop-schema"));

            // Then: again and again, because its stream may be open only now
            await().untilAsserted(() -> {
                announcer.say(new News.ListChanged(Listing.TOOLS));
                assertThat(heard).contains(List.of("echo", "shop-schema"));
            });
            assertThat(client.callTool(McpSchema.CallToolRequest.builder("shop-schema")
                                    .build())
                            .isError())
                    .isFalse();
        }
    }

    @Test
    void aSessionHearsOfTheResourcesThatItFollows() throws Exception {
        // Given
        var session = mcp.session();
        mcp.post("""
                {"jsonrpc":"2.0","id":7,"method":"resources/subscribe","params":{"uri":"%s"}}""".formatted(URI), "Mcp-Session-Id", session);
        try (var stream =
                EventStream.of(mcp, mcp.request("Mcp-Session-Id", session).GET())) {
            // When
            announcer.say(new News.ResourceUpdated("postgres://default/other"));
            announcer.say(new News.ResourceUpdated(URI));

            // Then
            var updated = stream.next();
            assertThat(updated.path("method").asText()).isEqualTo("notifications/resources/updated");
            assertThat(updated.at("/params/uri").asText()).isEqualTo(URI);
        }
    }

    @Test
    void aListenerHearsWhatItAskedForAndTheServerHas() throws Exception {
        // Given
        var request = StatelessClient.request(
                "subscriptions/listen",
                Map.of(
                        "notifications",
                        Map.of(
                                "toolsListChanged",
                                true,
                                "promptsListChanged",
                                true,
                                "resourceSubscriptions",
                                List.of(URI))));
        try (var stream = EventStream.open(mcp, request)) {
            var acknowledged = stream.next();
            assertThat(acknowledged.path("method").asText()).isEqualTo("notifications/subscriptions/acknowledged");
            assertThat(acknowledged.at("/params/notifications").toString())
                    .isEqualTo("{\"toolsListChanged\":true,\"resourceSubscriptions\":[\"" + URI + "\"]}");

            // When
            announcer.say(new News.ListChanged(Listing.PROMPTS));
            announcer.say(new News.ResourceUpdated("postgres://default/other"));
            announcer.say(new News.ResourceUpdated(URI));
            announcer.say(new News.ListChanged(Listing.TOOLS));

            // Then
            var updated = stream.next();
            assertThat(updated.path("method").asText()).isEqualTo("notifications/resources/updated");
            assertThat(updated.at("/params/uri").asText()).isEqualTo(URI);
            assertThat(subscription(updated)).isEqualTo(7);
            var changed = stream.next();
            assertThat(changed.path("method").asText()).isEqualTo("notifications/tools/list_changed");
            assertThat(subscription(changed)).isEqualTo(7);
        }
    }

    @Test
    void aLongListComesInPagesToBothKindsOfClients() throws Exception {
        // Given
        tools = IntStream.range(0, 150)
                .<PgTool>mapToObj(number -> fake("tool-" + number))
                .toList();
        var stateless = new StatelessClient(mcp);

        // When
        var first = stateless.ask("tools/list", Map.of());
        var second = stateless.ask(
                "tools/list", Map.of("cursor", first.path("nextCursor").asText()));

        // Then
        assertThat(Stream.concat(
                                first.path("tools").valueStream(),
                                second.path("tools").valueStream())
                        .map(tool -> tool.path("name").asText()))
                .hasSize(150)
                .doesNotHaveDuplicates();
        assertThat(second.has("nextCursor")).isFalse();
        assertThat(first.path("ttlMs").asLong(-1)).isZero();
        try (var client = mcp.connect()) {
            assertThat(client.listTools().tools()).hasSize(150);
        }
        var refused = mcp.post("""
                {"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"cursor":"x"}}""", "Mcp-Session-Id", mcp.session());
        assertThat(refused.body()).contains("-32602", "Unknown cursor");
    }

    private static int subscription(JsonNode message) {
        return message.at("/params/_meta/io.modelcontextprotocol~1subscriptionId")
                .asInt();
    }

    private static ToolFake fake(String name) {
        return new ToolFake(name, call -> ToolFake.success(name));
    }

    private static List<String> names(List<McpSchema.Tool> listed) {
        return listed.stream().map(McpSchema.Tool::name).toList();
    }
}
