package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every request of the stateless revision must bring along, and what it is told where it does not. */
class StatelessRulesTest extends EchoFixture {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROTOCOL_VERSION = "io.modelcontextprotocol/protocolVersion";

    private StatelessClient client;

    @BeforeAll
    void connect() {
        client = new StatelessClient(mcp);
    }

    @Test
    void headersMustSayWhatTheBodySays() throws Exception {
        // Given
        var call = StatelessClient.request("tools/call", Map.of("name", "echo"));

        // When, Then
        assertError(mismatched(call, "Mcp-Method", "tools/list", "Mcp-Name", "echo"), 400, -32020, "Mcp-Method");
        assertError(mismatched(call, "Mcp-Method", "tools/call", "Mcp-Name", "steps"), 400, -32020, "Mcp-Name");
        assertError(mismatched(call, "Mcp-Method", "tools/call"), 400, -32020, "Mcp-Name is missing");
        assertError(
                mcp.post(call, "MCP-Protocol-Version", "2025-11-25", "Mcp-Method", "tools/call", "Mcp-Name", "echo"),
                400,
                -32020,
                "MCP-Protocol-Version");
        assertError(
                mismatched(call, "Mcp-Method", "=?base64?dG9vbHMvY2FsbA==?=", "Mcp-Name", "echo"),
                400,
                -32020,
                "Mcp-Method");
        assertThat(mismatched(call, "Mcp-Method", "tools/call", "Mcp-Name", "=?base64?ZWNobw==?=")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aHeaderThatIsThereTwiceIsRefused() throws Exception {
        // Given
        var call = StatelessClient.request("tools/call", Map.of("name", "echo"));
        var request = mcp.request("MCP-Protocol-Version", StatelessClient.VERSION, "Mcp-Method", "tools/call")
                .header("Mcp-Name", "echo")
                .header("Mcp-Name", "steps")
                .setHeader("Content-Type", "application/json");

        // When, Then
        assertError(mcp.send(request.POST(BodyPublishers.ofString(call))), 400, -32020, "there twice");
    }

    @Test
    void aRevisionWithSessionsIsNotOfferedToWhoHasNone() throws Exception {
        // When
        var request = StatelessClient.request(
                "tools/list", Map.of("_meta", StatelessClient.metaWith(PROTOCOL_VERSION, "2025-11-25")));
        var response = mcp.post(request, "MCP-Protocol-Version", "2025-11-25", "Mcp-Method", "tools/list");

        // Then
        assertError(response, 400, -32022, "initialize");
        assertThat(JSON.readTree(response.body()).at("/error/data/supported"))
                .extracting(JsonNode::asText)
                .containsExactly("2026-07-28");
    }

    @Test
    void anUnknownVersionInTheHeaderAloneIsToldTheKnownOnes() throws Exception {
        assertError(
                mcp.post("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}", "MCP-Protocol-Version", "2031-01-01"),
                400,
                -32022,
                "2025-11-25");
    }

    @Test
    void aResponseOfTheClientIsRefused() throws Exception {
        assertError(
                mcp.post(
                        "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}",
                        "MCP-Protocol-Version",
                        StatelessClient.VERSION),
                400,
                -32600,
                "responses");
    }

    @Test
    void whoListensMustSayForWhat() throws Exception {
        assertError(client.send("subscriptions/listen", Map.of()), 400, -32602, "notifications");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Application/JSON, TEXT/event-stream",
                "application/*, text/*;q=0.5",
                "*/*",
                "text/html, application/json;charset=utf-8,text/event-stream"
            })
    void everyListThatHasBothMediaTypesIsAccepted(String accept) throws Exception {
        assertThat(accepting(accept).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/jsonx, text/event-streamx",
                "application/json, text/event-stream;q=0",
                "text/*"
            })
    void aListWithoutBothMediaTypesIsNot(String accept) throws Exception {
        assertThat(accepting(accept).statusCode()).isEqualTo(406);
    }

    @Test
    void anUnknownVersionIsToldTheKnownOnes() throws Exception {
        // When
        var request = StatelessClient.request(
                "tools/list", Map.of("_meta", StatelessClient.metaWith(PROTOCOL_VERSION, "2031-01-01")));
        var response = mcp.post(request, "MCP-Protocol-Version", "2031-01-01", "Mcp-Method", "tools/list");

        // Then
        assertError(response, 400, -32022, "2026-07-28");
        var data = JSON.readTree(response.body()).at("/error/data");
        assertThat(data.path("requested").asText()).isEqualTo("2031-01-01");
        assertThat(data.path("supported")).extracting(JsonNode::asText).contains("2026-07-28", "2025-11-25");
    }

    @ParameterizedTest
    @ValueSource(strings = {PROTOCOL_VERSION, "io.modelcontextprotocol/clientCapabilities"})
    void aRequestWithoutItsMetadataIsMalformed(String key) throws Exception {
        assertError(client.send("tools/list", Map.of("_meta", StatelessClient.metaWith(key, null))), 400, -32602, key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"initialize", "ping", "logging/setLevel", "resources/subscribe", "no/such"})
    void whatTheRevisionDoesNotHaveIsNotFound(String method) throws Exception {
        assertError(client.send(method, Map.of()), 404, -32601, method);
    }

    @Test
    void anUnknownToolOrPageIsAnErrorOfTheCaller() throws Exception {
        assertError(client.send("tools/call", Map.of("name", "nothing")), 400, -32602, "Unknown tool: nothing");
        assertError(client.send("tools/list", Map.of("cursor", "x")), 400, -32602, "Unknown cursor");
        assertError(
                client.send("tools/call", Map.of("name", "echo", "arguments", List.of())), 400, -32602, "arguments");
    }

    @Test
    void onlyPostIsKnown() throws Exception {
        var response = mcp.send(
                mcp.request("MCP-Protocol-Version", StatelessClient.VERSION).GET());
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void aNotificationIsAcceptedInSilence() throws Exception {
        var response = mcp.post(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}",
                "MCP-Protocol-Version",
                StatelessClient.VERSION);
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEmpty();
    }

    private HttpResponse<String> accepting(String accept) throws Exception {
        return mcp.post(
                StatelessClient.request("tools/list", Map.of()),
                "Accept",
                accept,
                "MCP-Protocol-Version",
                StatelessClient.VERSION,
                "Mcp-Method",
                "tools/list");
    }

    private HttpResponse<String> mismatched(String body, String... headers) throws Exception {
        var all = Stream.concat(Stream.of("MCP-Protocol-Version", StatelessClient.VERSION), Arrays.stream(headers))
                .toArray(String[]::new);
        return mcp.send(
                mcp.request(all).setHeader("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private static void assertError(HttpResponse<String> response, int status, int code, String word) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        var error = JSON.readTree(response.body()).path("error");
        assertThat(error.path("code").asInt()).isEqualTo(code);
        assertThat(error.path("message").asText()).contains(word);
    }
}
