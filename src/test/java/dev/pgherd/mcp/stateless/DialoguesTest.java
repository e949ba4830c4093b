package dev.pgherd.mcp.stateless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.method.RpcException;
import dev.pgherd.mcp.tool.Question;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialoguesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final String CALL = "tools/call";
    private static final Question SURE = question("sure", "Really?");

    private final Dialogues dialogues = at("a key", NOW);

    @Test
    void anAnswerToAQuestionIsKnownInTheNextRound() throws Exception {
        // Given
        var again = again(dialogues.question(CALL, call("{}"), "me", Dialogue.NONE, List.of(SURE)), "{}");

        // When
        var dialogue = dialogues.of(CALL, again, "me");

        // Then
        assertThat(dialogue.answer(SURE))
                .hasValueSatisfying(
                        answer -> assertThat(answer.path("action").asText()).isEqualTo("accept"));
    }

    @Test
    void answersOfEarlierRoundsTravelOn() throws Exception {
        // Given
        var first = again(dialogues.question(CALL, call("{}"), "me", Dialogue.NONE, List.of(SURE)), "{}");
        var known = dialogues.of(CALL, first, "me");
        var other = question("other", "And now?");

        // When
        var second = again(dialogues.question(CALL, first, "me", known, List.of(other)), "{}");
        var dialogue = dialogues.of(CALL, second, "me");

        // Then
        assertThat(dialogue.answer(SURE)).isPresent();
        assertThat(dialogue.answer(other)).isPresent();
        assertThat(dialogue.rounds()).isEqualTo(2);
    }

    @Test
    void anAnswerDoesNotCountForAnotherQuestionOfTheSameKey() throws Exception {
        // Given
        var again = again(dialogues.question(CALL, call("{}"), "me", Dialogue.NONE, List.of(SURE)), "{}");

        // Then
        assertThat(dialogues.of(CALL, again, "me").answer(question("sure", "Drop it?")))
                .isEmpty();
    }

    @Test
    void whatNobodyAskedIsNoAnswer() throws Exception {
        // Given
        var unasked = call("{}");
        unasked.putObject("inputResponses").putObject("sure").put("action", "accept");

        // Then
        assertThat(dialogues.of(CALL, unasked, "me").answer(SURE)).isEmpty();
    }

    @Test
    void theOrderOfArgumentsDoesNotMatter() throws Exception {
        // Given
        var asked = dialogues.question(CALL, call("{\"a\":1,\"b\":[2]}"), "me", Dialogue.NONE, List.of(SURE));

        // Then
        assertThat(dialogues.of(CALL, again(asked, "{\"b\":[2],\"a\":1}"), "me").answer(SURE))
                .isPresent();
    }

    @Test
    void aStateIsOfOneRequestOfOneCaller() throws Exception {
        // Given
        var asked = dialogues.question(CALL, call("{\"a\":1}"), "me", Dialogue.NONE, List.of(SURE));

        // Then
        assertRefused(dialogues, again(asked, "{\"a\":2}"), "me", CALL, "does not belong");
        assertRefused(dialogues, again(asked, "{\"a\":1}"), "you", CALL, "does not belong");
        assertRefused(dialogues, again(asked, "{\"a\":1}"), "me", "prompts/get", "does not belong");
    }

    @Test
    void aStateDoesNotLiveForever() throws Exception {
        // Given
        var again = again(dialogues.question(CALL, call("{}"), "me", Dialogue.NONE, List.of(SURE)), "{}");

        // Then
        assertThat(at("a key", NOW.plus(Duration.ofMinutes(14)))
                        .of(CALL, again, "me")
                        .answer(SURE))
                .isPresent();
        assertRefused(at("a key", NOW.plus(Duration.ofMinutes(16))), again, "me", CALL, "too old");
    }

    @Test
    void replicasWithOneKeyKnowEachOthersStates() throws Exception {
        // Given
        var again = again(dialogues.question(CALL, call("{}"), "me", Dialogue.NONE, List.of(SURE)), "{}");

        // Then
        assertThat(at("a key", NOW).of(CALL, again, "me").answer(SURE)).isPresent();
        assertRefused(at("another key", NOW), again, "me", CALL, "does not belong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "x.y", "e30.e30", "!.!", "a.b.c"})
    void whatWasNeverAStateIsRefused(String state) throws Exception {
        assertRefused(dialogues, call("{}").put("requestState", state), "me", CALL, "does not belong");
    }

    @Test
    void aStateThatWasChangedIsRefused() throws Exception {
        // Given
        var asked = dialogues.question(CALL, call("{}"), "me", Dialogue.NONE, List.of(SURE));
        var state = asked.path("requestState").asText();

        // Then
        assertRefused(dialogues, call("{}").put("requestState", state + "-x"), "me", CALL, "does not belong");
        assertRefused(dialogues, call("{}").put("requestState", "A" + state), "me", CALL, "does not belong");
    }

    @Test
    void aRequestThatAsksInACircleEnds() throws Exception {
        // Given
        var params = call("{}");
        var dialogue = new Dialogue(30, Map.of(), Map.of());

        // Then
        assertThatThrownBy(() -> dialogues.question(CALL, params, "me", dialogue, List.of(SURE)))
                .isInstanceOf(RpcException.class);
    }

    private static void assertRefused(
            Dialogues dialogues, ObjectNode params, String principal, String method, String word) {
        assertThatThrownBy(() -> dialogues.of(method, params, principal))
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.code()).isEqualTo(-32602))
                .hasMessageContaining(word);
    }

    private static Dialogues at(String key, Instant now) {
        return new Dialogues(new StateSeal(key.getBytes(StandardCharsets.UTF_8)), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Question question(String key, String message) {
        return new Question(
                key, "elicitation/create", JsonNodeFactory.instance.objectNode().put("message", message));
    }

    private static ObjectNode call(String arguments) throws Exception {
        var params = JSON.createObjectNode().put("name", "drop");
        params.putObject("_meta").put("progressToken", arguments);
        return params.set("arguments", JSON.readTree(arguments));
    }

    /** The request once more, with a yes to all that was asked. */
    private static ObjectNode again(ObjectNode asked, String arguments) throws Exception {
        var params = call(arguments);
        params.set("requestState", asked.get("requestState"));
        var responses = params.putObject("inputResponses");
        asked.path("inputRequests")
                .fieldNames()
                .forEachRemaining(key -> responses.putObject(key).put("action", "accept"));
        return params;
    }
}
