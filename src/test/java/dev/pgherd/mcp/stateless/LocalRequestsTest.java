package dev.pgherd.mcp.stateless;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.method.Feature;
import dev.pgherd.mcp.method.Listing;
import dev.pgherd.mcp.method.LogLevel;
import dev.pgherd.mcp.method.News;
import dev.pgherd.mcp.method.Request;
import dev.pgherd.mcp.stdio.LocalPeer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stateless revision over two pipes. */
@Timeout(60)
class LocalRequestsTest {

    private static final String META = "'io.modelcontextprotocol/protocolVersion': '2026-07-28', "
            + "'io.modelcontextprotocol/clientCapabilities': {'elicitation': {}}";

    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final LocalPeer peer = new LocalPeer(List.of(
            new Feature(
                    "test",
                    Map.of(
                            "test/talk", LocalRequestsTest::talk,
                            "test/ask", LocalRequestsTest::ask,
                            "test/wait", request -> LocalPeer.waitForCancellation(request, cancelled))),
            new Feature(
                    "resources",
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("listChanged", true)
                            .put("subscribe", true),
                    Map.of(),
                    "x:1"::equals)));

    @AfterEach
    void end() throws Exception {
        peer.close();
    }

    @Test
    void theServerSaysWhatItSpeaksWithoutAnInitialization() throws Exception {
        send(1, "server/discover", "");

        var result = peer.hear().path("result");

        assertThat(result.path("supportedVersions")).map(JsonNode::asText).contains("2026-07-28", "2025-11-25");
        assertThat(result.path("resultType").asText()).isEqualTo("complete");
        assertThat(result.path("capabilities").has("test")).isTrue();
    }

    @Test
    void progressAndLogMessagesThatAreAskedForComeBeforeTheAnswer() throws Exception {
        send(1, "test/talk", "", ", 'progressToken': 7, 'io.modelcontextprotocol/logLevel': 'info'");
        assertThat(peer.hear().path("method").asText()).isEqualTo("notifications/progress");
        assertThat(peer.hear().path("method").asText()).isEqualTo("notifications/message");
        assertThat(peer.hear().at("/result/resultType").asText()).isEqualTo("complete");

        send(2, "test/talk", "");
        assertThat(peer.hear().path("id").asInt()).isEqualTo(2);
    }

    @Test
    void aQuestionIsAResultAndItsAnswerComesWithTheRequestAgain() throws Exception {
        // When
        send(1, "test/ask", "");
        var asked = peer.hear().path("result");

        // Then
        assertThat(asked.path("resultType").asText()).isEqualTo("input_required");
        assertThat(asked.at("/inputRequests/sure/method").asText()).isEqualTo("elicitation/create");
        send(
                2,
                "test/ask",
                "'requestState': '%s', 'inputResponses': {'sure': {'action': 'accept'}}, "
                        .formatted(asked.path("requestState").asText()));
        assertThat(peer.hear().at("/result/said").asText()).isEqualTo("accept");
    }

    @Test
    void aCallThatIsTakenBackIsGivenUpAndNotAnswered() throws Exception {
        send(1, "test/wait", "");
        cancel(1);

        cancelled.await();
        send(2, "server/discover", "");
        assertThat(peer.hear().path("id").asInt()).isEqualTo(2);
    }

    @Test
    void whoListensHearsOfWhatItNamedUntilItDoesNotWantToAnyMore() throws Exception {
        // Given
        send(1, "subscriptions/listen", "'notifications': {'resourceSubscriptions': ['x:1', 'x:2']}, ");
        send(2, "subscriptions/listen", "'notifications': {'resourcesListChanged': true}, ");
        assertThat(peer.hear().at("/params/notifications")).hasToString("{\"resourceSubscriptions\":[\"x:1\"]}");
        assertThat(peer.hear().at("/params/notifications")).hasToString("{\"resourcesListChanged\":true}");

        // When
        peer.announcer().say(new News.ResourceUpdated("x:2"));
        peer.announcer().say(new News.ResourceUpdated("x:1"));

        // Then
        assertHeard("notifications/resources/updated", 1);
        cancel(1);
        send(1, "subscriptions/listen", "'notifications': {}, ");
        assertHeard("notifications/subscriptions/acknowledged", 1);
        peer.announcer().say(new News.ResourceUpdated("x:1"));
        peer.announcer().say(new News.ListChanged(Listing.RESOURCES));
        assertHeard("notifications/resources/list_changed", 2);
    }

    @Test
    void whoListensIsAnsweredWhenTheServerEnds() throws Exception {
        send("a", "subscriptions/listen", "'notifications': {}, ");
        assertHeard("notifications/subscriptions/acknowledged", "a");

        peer.end();

        var last = peer.hear();
        assertThat(last.path("id").asText()).isEqualTo("a");
        assertThat(last.at("/result/_meta/io.modelcontextprotocol~1subscriptionId")
                        .asText())
                .isEqualTo("a");
        peer.awaitEnd();
    }

    @Test
    void bothKindsOfRevisionsAreServedAtATime() throws Exception {
        peer.initialize();

        send(2, "ping", "");
        assertThat(peer.hear().at("/error/code").asInt()).isEqualTo(-32601);
        peer.send(LocalPeer.PING);
        assertThat(peer.hear().path("id").asInt()).isEqualTo(LocalPeer.PING_ID);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "'method': 'server/discover', 'params': {'_meta': {'io.modelcontextprotocol/protocolVersion': '2031-01-01'}} | -32022",
                "'method': 'server/discover', 'params': {'_meta': {'io.modelcontextprotocol/protocolVersion': 1}} | -32602",
                "'method': 'server/discover', 'params': {'_meta': {'io.modelcontextprotocol/protocolVersion': '2026-07-28'}} | -32602",
                "'method': 'server/discover', 'params': {} | -32601",
                "'method': 'test/nothing', 'params': {'_meta': {META}} | -32601",
                "'method': 'subscriptions/listen', 'params': {'_meta': {META}} | -32602"
            })
    void whatIsWrongIsSaid(String request, int code) throws Exception {
        peer.send(json("{'jsonrpc': '2.0', 'id': 1, %s}".formatted(request.replace("META", META))));

        assertThat(peer.hear().at("/error/code").asInt()).isEqualTo(code);
    }

    private void assertHeard(String method, Object subscription) throws Exception {
        var message = peer.hear();
        assertThat(message.path("method").asText()).as(message.toString()).isEqualTo(method);
        assertThat(message.at("/params/_meta/io.modelcontextprotocol~1subscriptionId")
                        .asText())
                .isEqualTo(subscription.toString());
    }

    private void send(Object id, String method, String params) throws Exception {
        send(id, method, params, "");
    }

    private void send(Object id, String method, String params, String meta) throws Exception {
        var written = id instanceof String text ? "'" + text + "'" : id.toString();
        peer.send(json("{'jsonrpc': '2.0', 'id': %s, 'method': '%s', 'params': {%s'_meta': {%s%s}}}"
                .formatted(written, method, params, META, meta)));
    }

    private void cancel(int id) throws Exception {
        peer.send(json(
                "{'jsonrpc': '2.0', 'method': 'notifications/cancelled', 'params': {'requestId': %d}}".formatted(id)));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static ObjectNode talk(Request request) {
        request.progress().report("half");
        request.log().write(LogLevel.INFO, "it talks");
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode ask(Request request) {
        var answer = request.client().ask("sure", "elicitation/create", JsonNodeFactory.instance.objectNode());
        return JsonNodeFactory.instance
                .objectNode()
                .put("said", answer.path("action").asText());
    }
}
