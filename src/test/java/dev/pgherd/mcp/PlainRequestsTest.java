package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pgherd.mcp.tool.PgTool;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of the revisions with sessions, sent without one. */
class PlainRequestsTest extends EchoFixture {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ECHO =
            "\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":{\"text\":\"hello\"}}";

    @Override
    List<PgTool> tools() {
        return List.of(ToolFake.echo(), new ToolFake("steps", call -> {
            call.progress().report("first");
            return ToolFake.success("done");
        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-03-26", "2025-06-18", "2025-11-25"})
    void aCallIsAnsweredWithoutASession(String version) throws Exception {
        // When
        var answer = mcp.post(request(ECHO), "MCP-Protocol-Version", version);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Mcp-Session-Id")).isEmpty();
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        var result = JSON.readTree(answer.body()).path("result");
        assertThat(result.at("/structuredContent/text").asText()).isEqualTo("hello");
        assertThat(result.has("resultType")).isFalse();
    }

    @Test
    void theVersionMayBeLeftOut() throws Exception {
        assertThat(mcp.post(request(ECHO)).body()).contains("hello");
        assertThat(mcp.post(request("\"ping\"")).body()).contains("\"result\":{}");
        assertThat(mcp.post(request("\"tools/list\"")).body())
                .contains("\"echo\"")
                .doesNotContain("ttlMs");
    }

    @Test
    void progressComesOnAStream() throws Exception {
        // When
        var answer =
                mcp.post(request("\"tools/call\",\"params\":{\"name\":\"steps\",\"_meta\":{\"progressToken\":\"t\"}}"));

        // Then
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        assertThat(answer.body()).containsSubsequence("notifications/progress", "first", "\"id\":7", "done");
    }

    @Test
    void whatNeedsASessionSaysSo() throws Exception {
        var error = error(mcp.post(request("\"logging/setLevel\",\"params\":{\"level\":\"info\"}")));
        assertThat(error.path("code").asInt()).isEqualTo(-32600);
        assertThat(error.path("message").asText()).contains("initialize");
    }

    @Test
    void errorsAreAnswersToTheirRequests() throws Exception {
        assertThat(error(mcp.post(request("\"no/such\""))).path("code").asInt()).isEqualTo(-32601);
        assertThat(error(mcp.post(request("\"tools/call\",\"params\":{\"name\":\"nope\"}")))
                        .path("message")
                        .asText())
                .isEqualTo("Unknown tool: nope");
    }

    @Test
    void aNotificationIsAcceptedAndAResponseIsNot() throws Exception {
        assertThat(mcp.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(mcp.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}").statusCode())
                .isEqualTo(400);
    }

    private static String request(String methodAndParams) {
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":" + methodAndParams + "}";
    }

    private static JsonNode error(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var json = JSON.readTree(answer.body());
        assertThat(json.path("id").asInt()).isEqualTo(7);
        return json.path("error");
    }
}
