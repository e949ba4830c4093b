package dev.pgherd.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.http.HttpServer;
import dev.pgherd.mcp.approval.Approvals;
import dev.pgherd.mcp.approval.OpenRequests;
import dev.pgherd.mcp.call.ToolCalls;
import dev.pgherd.mcp.tool.PgTool;
import dev.pgherd.mcp.tool.ToolCall;
import dev.pgherd.mcp.tool.ToolResult;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What goes wrong on either side of a call, with a tool that the test makes. */
@Timeout(120)
class RestFaultsTest {

    private static final String QUERY = "/api/v1/instances/default/shop/query";
    private static final String BODY = "{\"sql\": \"SELECT 1\"}";

    @Test
    void anUnexpectedFaultIsAProblemWithoutItsInsideAndOneLineInTheLog() throws Exception {
        // Given
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        var root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        try (var server = server(call -> {
            throw new IllegalStateException("the inside of this very test");
        })) {
            // When
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + QUERY))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(BODY));
            var reply = new RestReply(HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()));

            // Then
            assertThat(reply.status()).isEqualTo(500);
            Documented.require("POST", "/instances/default/shop/query", reply);
            assertThat(reply.detail()).contains("inside the server", "its log");
            assertThat(reply.text()).doesNotContain("Exception", "\\tat ", "very test");
            assertThat(List.copyOf(log.list))
                    .filteredOn(event -> event.getThrowableProxy() != null
                            && event.getThrowableProxy().getMessage().endsWith("this very test"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getLevel()).isEqualTo(Level.ERROR));
        } finally {
            root.detachAppender(log);
        }
    }

    @Test
    void whoHangsUpGivesTheCallUp() throws Exception {
        // Given
        var called = new CountDownLatch(1);
        var givenUp = new CountDownLatch(1);
        try (var server = server(call -> {
            call.cancellation().onRequest(givenUp::countDown);
            called.countDown();
            return done(givenUp);
        })) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream()
                        .write(
                                "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                                        .formatted(QUERY, BODY.length(), BODY)
                                        .getBytes(StandardCharsets.US_ASCII));
                assertThat(called.await(60, TimeUnit.SECONDS)).isTrue();
            }

            // When, Then
            assertThat(givenUp.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static ToolResult done(CountDownLatch givenUp) {
        try {
            return new ToolResult.Failure(givenUp.await(90, TimeUnit.SECONDS) ? "given up" : "nobody gave it up");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpServer server(Function<ToolCall, ToolResult> behaviour) {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var nowhere = new KubernetesClientBuilder()
                .withConfig(
                        new ConfigBuilder().withMasterUrl("http://127.0.0.1:1").build())
                .build();
        var toolbox = ToolCalls.toolbox(McpConfig.defaults(), List.of(new Fake(behaviour)), meters, "");
        var clock = Clock.systemUTC();
        var servlet =
                RestApi.servlet(toolbox, new Approvals(nowhere, clock), new OpenRequests(clock), Optional.empty());
        return new HttpServer(
                        HttpConfig.from(Map.of(HttpConfig.PORT, "0")), meters, List.of(), Map.of(RestApi.PATH, servlet))
                .start();
    }

    private record Fake(Function<ToolCall, ToolResult> behaviour) implements PgTool {

        @Override
        public McpSchema.Tool definition() {
            Map<String, Object> text = Map.of("type", "string");
            return McpSchema.Tool.builder(
                            "query", Map.of("type", "object", "properties", Map.of("instance", text, "sql", text)))
                    .description("a fake")
                    .build();
        }

        @Override
        public ToolResult call(ToolCall call) {
            return behaviour.apply(call);
        }
    }
}
