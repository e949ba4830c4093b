package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.config.McpConfig;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Messages that come as an array, which the oldest revision has and no other. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchTest {

    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"ping\"}";
    private static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    private McpFixture mcp;
    private String session;

    @BeforeAll
    void start() throws Exception {
        mcp = new McpFixture(McpConfig.defaults(), List.of(ToolFake.echo()));
        session = mcp.post(McpFixture.INITIALIZE.replace("2025-11-25", "2025-03-26"))
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
    }

    @AfterAll
    void stop() {
        mcp.close();
    }

    @Test
    void itsRequestsAreAnsweredOnOneStreamAndItsFaultsAreSaid() throws Exception {
        var body = "[%s, %s, %s, %s, 1]"
                .formatted(
                        INITIALIZED,
                        PING.formatted(1),
                        RawMessages.call("echo", "{\"text\":\"hello\"}"),
                        McpFixture.INITIALIZE);

        try (var stream = EventStream.of(
                mcp,
                mcp.request("Mcp-Session-Id", session)
                        .setHeader("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)))) {
            assertThat(stream.next()).hasToString("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
            assertThat(stream.next().path("result").toString()).contains("hello");
            assertThat(stream.next().at("/error/message").asText()).contains("initialize alone");
            assertThat(stream.next().at("/error/code").asInt()).isEqualTo(-32600);
            assertThat(stream.lines().lines().filter(line -> line.startsWith("data")))
                    .isEmpty();
        }
    }

    @Test
    void anIdStandsForOneRequestAtATime() throws Exception {
        var answer = send(session, "[%s, %s]".formatted(PING.formatted(1), PING.formatted(1)));

        assertThat(answer.body().lines().filter(line -> line.startsWith("data")))
                .hasSize(2)
                .anyMatch(line -> line.contains("\"result\":{}"))
                .anyMatch(line -> line.contains("\"error\""));
    }

    @Test
    void withoutRequestsItIsAccepted() throws Exception {
        var answer = send(session, "[%s, %s]".formatted(INITIALIZED, INITIALIZED));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void itIsNotEmptyAndNotTooLong() throws Exception {
        var many = IntStream.range(0, 101).mapToObj(PING::formatted).collect(Collectors.joining(",", "[", "]"));

        RawMessages.assertError(send(session, many), 400, -32600, "100 messages");
        RawMessages.assertError(send(session, "[]"), 400, -32600, "one JSON-RPC 2.0 message");
    }

    @Test
    void otherRevisionsHaveNone() throws Exception {
        var batch = "[%s]".formatted(PING.formatted(1));

        RawMessages.assertError(send(mcp.session(), batch), 400, -32600, "2025-03-26");
        RawMessages.assertError(mcp.post(batch), 400, -32600, "2025-03-26");
    }

    private HttpResponse<String> send(String owner, String body) throws Exception {
        return mcp.post(body, "Mcp-Session-Id", owner);
    }
}
