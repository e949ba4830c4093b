package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.http.HttpServer;
import dev.pgherd.mcp.call.ToolCalls;
import dev.pgherd.mcp.limit.CallLimits;
import dev.pgherd.mcp.rpc.RunningCalls;
import dev.pgherd.mcp.stateless.ServerCard;
import dev.pgherd.mcp.stateless.StatelessRequests;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class McpServletTest {

    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";
    private static final String NOTE =
            "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"result\":1}}\n\n";
    private static final String ANSWER = "data: {\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}\n\n";

    @Test
    void aStreamThatTheTransportEndsWithoutAnAnswerEndsWithAnError() throws Exception {
        assertThat(streamed(PING, "")).contains("data: {", "\"id\":7", "-32603");
    }

    @Test
    void aNotificationIsNoAnswer() throws Exception {
        assertThat(streamed(PING, NOTE)).startsWith(NOTE).contains("\"id\":7", "-32603");
    }

    @Test
    void anAnswerIsLeftAsItIs() throws Exception {
        assertThat(streamed(PING, NOTE + "|" + ANSWER)).isEqualTo(NOTE + ANSWER);
    }

    @Test
    void aNotificationOfTheCallerNeedsNoAnswer() throws Exception {
        assertThat(streamed("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", ""))
                .isEmpty();
    }

    /** What a caller gets when the transport writes these events, separated by a bar, and ends its stream. */
    private static String streamed(String message, String events) throws Exception {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var running = new RunningCalls();
        var versions = List.of("2025-11-25");
        var calls = new ToolCalls(meters, new CallLimits(McpConfig.defaults().callLimits(), System::nanoTime));
        var stateless = new StatelessRequests(new ServerCard("test", "1", "none"), versions, List.of(), calls, running);
        var servlet = new McpServlet(new Transport(events), versions, stateless, running);
        try (stateless;
                running;
                var server = new HttpServer(
                                HttpConfig.from(Map.of(HttpConfig.PORT, "0")),
                                meters,
                                List.of(),
                                Map.of(McpEndpoint.PATH, servlet))
                        .start()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + McpEndpoint.PATH))
                    .header("Accept", "application/json, text/event-stream")
                    .header("Content-Type", "application/json")
                    .header("Mcp-Session-Id", "s")
                    .timeout(Duration.ofSeconds(30))
                    .POST(BodyPublishers.ofString(message));
            return HttpClient.newHttpClient()
                    .send(request.build(), BodyHandlers.ofString())
                    .body();
        }
    }

    /** Ends its stream as the SDK's transport does. */
    private static final class Transport extends HttpServlet {

        private static final long serialVersionUID = 1L;

        private final String events;

        Transport(String events) {
            this.events = events;
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/event-stream");
            var asynchronous = request.startAsync();
            var writer = response.getWriter();
            for (var event : events.split("\\|", -1)) {
                writer.write(event);
                writer.flush();
            }
            asynchronous.complete();
        }
    }
}
