package dev.pgherd.mcp.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.method.Feature;
import dev.pgherd.mcp.method.Listing;
import dev.pgherd.mcp.method.News;
import dev.pgherd.mcp.method.Request;
import dev.pgherd.mcp.stdio.LocalPeer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalSessionTest {

    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final LocalPeer peer = new LocalPeer(List.of(new Feature(
            "test",
            Map.of(
                    "test/echo", LocalSessionTest::echo,
                    "test/progress", LocalSessionTest::progress,
                    "test/ask", LocalSessionTest::ask,
                    "test/follow", LocalSessionTest::follow,
                    "test/wait", request -> LocalPeer.waitForCancellation(request, cancelled)))));

    @AfterEach
    void end() throws Exception {
        peer.close();
    }

    @Test
    void anInitializationTellsWhatTheServerCanDoInTheRevisionThatIsAskedFor() throws Exception {
        peer.send(LocalPeer.INITIALIZE.replace("2025-11-25", "2025-06-18"));

        var answer = peer.hear().path("result");

        assertThat(answer.path("protocolVersion").asText()).isEqualTo("2025-06-18");
        assertThat(answer.path("capabilities").has("test")).isTrue();
        assertThat(answer.path("serverInfo").path("name").asText()).isEqualTo("pgherd");
    }

    @Test
    void aRequestIsAnsweredOnALineOfItsOwn() throws Exception {
        peer.initialize();

        peer.send("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"test/echo\",\"params\":{\"text\":\"two\\nlines\"}}");

        assertThat(peer.hear()).hasToString("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":{\"text\":\"two\\nlines\"}}");
    }

    @Test
    void progressComesBeforeTheAnswer() throws Exception {
        peer.initialize();

        peer.send(
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"test/progress\",\"params\":{\"_meta\":{\"progressToken\":7}}}");

        assertThat(peer.hear().path("params").path("message").asText()).isEqualTo("half");
        assertThat(peer.hear().path("id").asInt()).isEqualTo(2);
    }

    @Test
    void theClientCanBeAskedWhileItsCallRuns() throws Exception {
        peer.initialize();
        peer.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"test/ask\",\"params\":{}}");

        var question = peer.hear();
        peer.send("{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"action\":\"accept\"}}".formatted(question.get("id")));

        assertThat(question.path("method").asText()).isEqualTo("elicitation/create");
        assertThat(peer.hear().path("result").path("said").asText()).isEqualTo("accept");
    }

    @Test
    void aCallThatIsTakenBackIsGivenUpAndNotAnswered() throws Exception {
        peer.initialize();
        peer.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"test/wait\"}");
        peer.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":2}}");

        cancelled.await();
        peer.send(LocalPeer.PING);

        assertThat(peer.hear().path("id").asInt()).isEqualTo(LocalPeer.PING_ID);
    }

    @Test
    void whoFollowsAResourceHearsOfIt() throws Exception {
        peer.initialize();
        peer.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"test/follow\",\"params\":{\"uri\":\"x:1\"}}");
        peer.hear();

        peer.announcer().say(new News.ResourceUpdated("x:2"));
        peer.announcer().say(new News.ResourceUpdated("x:1"));

        assertThat(peer.hear().path("params").path("uri").asText()).isEqualTo("x:1");
    }

    @Test
    void nothingIsSaidOfChangesBeforeTheClientIsReady() throws Exception {
        // Given
        peer.send(LocalPeer.INITIALIZE);
        peer.hear();
        peer.send(LocalPeer.PING);
        peer.hear();
        say(Listing.TOOLS);

        // When
        peer.send(LocalPeer.INITIALIZED);
        peer.send(LocalPeer.INITIALIZE);

        // Then
        assertThat(peer.hear().path("id").asInt()).isEqualTo(1);
        say(Listing.PROMPTS);
        assertThat(peer.hear().path("method").asText()).isEqualTo("notifications/prompts/list_changed");
    }

    @Test
    void theMessagesOfABatchAreAnsweredEachOnItsOwnInTheOldestRevision() throws Exception {
        peer.send(LocalPeer.INITIALIZE.replace("2025-11-25", "2025-03-26"));
        peer.hear();

        peer.send("[%s, %s, 1]".formatted(LocalPeer.INITIALIZED, LocalPeer.PING));

        var answers = List.of(peer.hear(), peer.hear());
        assertThat(answers).anyMatch(answer -> answer.path("id").asInt() == LocalPeer.PING_ID);
        assertThat(answers).anyMatch(answer -> answer.at("/error/code").asInt() == -32600);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "garbage | -32700",
                "[] | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"test/nothing\"} | -32601",
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"test/echo\",\"params\":{}} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"test/echo\",\"params\":[]} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"initialize\",\"params\":{}} | -32602"
            })
    void whatIsWrongIsAnErrorAndTheSessionGoesOn(String line, int code) throws Exception {
        peer.initialize();

        peer.send(line);
        peer.send("");
        var error = peer.hear();
        peer.send(LocalPeer.PING);

        assertThat(error.path("error").path("code").asInt()).isEqualTo(code);
        assertThat(peer.hear().path("id").asInt()).isEqualTo(LocalPeer.PING_ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":[]}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":1,\"message\":\"no\"}}"
            })
    void whatIsWrongAndNoRequestIsNotAnswered(String line) throws Exception {
        peer.initialize();

        peer.send(line);
        peer.send(LocalPeer.PING);

        assertThat(peer.hear().path("id").asInt()).isEqualTo(LocalPeer.PING_ID);
    }

    @Test
    void nothingButPingIsAnsweredBeforeTheInitialization() throws Exception {
        peer.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
        peer.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"test/echo\",\"params\":{\"text\":\"x\"}}");

        assertThat(peer.hear().has("result")).isTrue();
        assertThat(peer.hear().path("error").path("message").asText()).contains("initialize first");
    }

    @Test
    void aSecondInitializationIsRefused() throws Exception {
        peer.initialize();

        peer.send(LocalPeer.INITIALIZE);

        assertThat(peer.hear().path("error").path("code").asInt()).isEqualTo(-32600);
    }

    @Test
    void whatWasAskedBeforeTheInputEndsIsAnsweredStill() throws Exception {
        peer.initialize();

        peer.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"test/echo\",\"params\":{\"text\":\"last\"}}");
        peer.end();

        assertThat(peer.hear().path("result").path("text").asText()).isEqualTo("last");
        peer.awaitEnd();
    }

    /** Returns when the session has heard it. */
    private void say(Listing list) throws Exception {
        var said = new CountDownLatch(1);
        peer.announcer().tell(news -> said.countDown());
        peer.announcer().say(new News.ListChanged(list));
        said.await();
    }

    private static ObjectNode echo(Request request) {
        return JsonNodeFactory.instance.objectNode().put("text", request.required("text"));
    }

    private static ObjectNode progress(Request request) {
        request.progress().report("half");
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode ask(Request request) {
        var answer = request.client().ask("sure", "elicitation/create", JsonNodeFactory.instance.objectNode());
        return JsonNodeFactory.instance
                .objectNode()
                .put("said", answer.path("action").asText());
    }

    private static ObjectNode follow(Request request) {
        request.session().orElseThrow().follow(request.required("uri"));
        return JsonNodeFactory.instance.objectNode();
    }
}
