package dev.pgherd.mcp;

import static dev.pgherd.mcp.RawMessages.assertClean;
import static dev.pgherd.mcp.RawMessages.assertError;
import static dev.pgherd.mcp.RawMessages.call;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no message of MCP, or comes in no way that it may come, is refused in words that help. */
class MalformedMessagesTest extends EchoFixture {

    @ParameterizedTest
    @ValueSource(strings = {"2031-01-01", "1.0", "x"})
    void anUnsupportedProtocolVersionIs400(String version) throws Exception {
        // When
        var answer = mcp.post(McpFixture.INITIALIZE, "MCP-Protocol-Version", version);

        // Then
        assertError(answer, 400, -32600, "2025-11-25");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2025-06-18", "2025-03-26"})
    void aSupportedProtocolVersionIsAnswered(String version) throws Exception {
        assertThat(mcp.post(McpFixture.INITIALIZE, "MCP-Protocol-Version", version)
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"jsonrpc\":\"2.0\"", "{} {}", "nonsense", "{\"a\":\"\u0000\"}"})
    void invalidJsonIs400(String body) throws Exception {
        assertError(mcp.post(body), 400, -32700, "not valid JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "null", "\"x\"", "{}", "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}"})
    void whatIsNotOneMessageIs400(String body) throws Exception {
        assertError(mcp.post(body), 400, -32600, "JSON-RPC 2.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":{\"a\":1},\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":null}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":[]}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":{}}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"arguments\":{}}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":[1]}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"nope\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":5}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"nope\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"capabilities\":5}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":5}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":7}",
            })
    void aMalformedMessageShowsNeitherClassNorStackTrace(String body) throws Exception {
        // When
        var answer = inSession(body);

        // Then
        assertThat(answer.statusCode()).isLessThan(500);
        assertClean(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"tools/call\"",
                "\"tools/call\",\"params\":[]",
                "\"tools/call\",\"params\":null",
                "\"tools/call\",\"params\":{}",
                "\"tools/call\",\"params\":{\"name\":{}}",
                "\"tools/call\",\"params\":{\"name\":null}",
                "\"tools/call\",\"params\":{\"arguments\":{}}",
                "\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":[1]}",
                "\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":\"x\"}",
                "\"tools/list\",\"params\":5",
                "\"tools/list\",\"params\":[]",
                "\"ping\",\"params\":\"x\"",
                "\"nope\",\"params\":true",
            })
    void parametersOfTheWrongShapeAreNamedInTheAnswerToTheirRequest(String methodAndParams) throws Exception {
        // When
        var answer = inSession("{\"jsonrpc\":\"2.0\",\"id\":\"r-1\",\"method\":" + methodAndParams + "}");

        // Then
        assertError(answer, 400, -32602, "\"id\":\"r-1\"");
    }

    @Test
    void argumentsMayBeLeftOut() throws Exception {
        // When
        var answer =
                inSession("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\"}}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"isError\":false");
    }

    @ParameterizedTest
    @ValueSource(ints = {98, 5000})
    void aBodyThatIsNestedTooDeepIs400(int levels) throws Exception {
        // When
        var answer = inSession(call("echo", "{\"text\":" + "[".repeat(levels) + "]".repeat(levels) + "}"));

        // Then
        assertError(answer, 400, -32600, "deeper than 100 levels");
    }

    @Test
    void aBodyAtTheDeepestLevelIsRead() throws Exception {
        // When
        var answer = inSession(call("echo", "{\"text\":" + "[".repeat(97) + "]".repeat(97) + "}"));

        // Then
        assertThat(answer.body()).contains("'text'", "\"isError\":true");
    }

    @Test
    void aBodyOverTheLimitIs413() throws Exception {
        // When
        var answer = inSession(call("echo", "{\"text\":\"" + "x".repeat(70_000) + "\"}"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(413);
        assertClean(answer);
    }

    @Test
    void aForeignOriginIs403() throws Exception {
        // When
        var answer = mcp.post(McpFixture.INITIALIZE, "Origin", "https://evil.example.com");

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertClean(answer);
    }

    @Test
    void onlyJsonIsTaken() throws Exception {
        // When
        var answer = mcp.send(
                mcp.request("Content-Type", "text/plain").POST(BodyPublishers.ofString(McpFixture.INITIALIZE)));

        // Then
        assertError(answer, 415, -32600, "application/json");
    }

    @Test
    void aCallerThatTakesNoEventsIs406() throws Exception {
        assertError(mcp.post(McpFixture.INITIALIZE, "Accept", "text/html"), 406, -32600, "text/event-stream");
    }

    @Test
    void anyMediaTypeIsEnough() throws Exception {
        assertThat(mcp.post(McpFixture.INITIALIZE, "Accept", "*/*").statusCode())
                .isEqualTo(200);
    }

    @Test
    void otherMethodsAre405() throws Exception {
        assertError(mcp.send(mcp.request().PUT(BodyPublishers.ofString("{}"))), 405, -32600, "POST");
    }

    private HttpResponse<String> inSession(String body) throws Exception {
        return mcp.post(body, "Mcp-Session-Id", mcp.session());
    }
}
