package dev.pgherd.mcp.stateless;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.method.RpcException;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.tool.Question;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Questions to clients without a session: each ends the request, and its state comes back with the answers. */
record Dialogues(StateSeal seal, Clock clock) {

    /** As long as a person may need to see that there is a question, and to decide. */
    private static final Duration LIFE = Duration.ofMinutes(15);

    /** A request that asks more often than this asks in a circle. */
    private static final int MOST_ROUNDS = 30;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STATE = "requestState";

    /**
     * What is known from earlier rounds of the request, and from the answers that come with it.
     *
     * @throws RpcException for a state that is not of this request, of this caller, or of now
     */
    Dialogue of(String method, JsonNode params, String principal) {
        var sealed = params.path(STATE);
        if (sealed.isMissingNode()) {
            return Dialogue.NONE;
        }
        var state = seal.open(sealed.asText()).flatMap(Dialogues::parse).orElseThrow(Dialogues::foreign);
        if (!state.path("of").asText().equals(Digests.of(method, params, principal))) {
            throw foreign();
        }
        if (state.path("until").asLong() < clock.instant().getEpochSecond()) {
            throw RpcException.invalidParams("%s is too old; begin anew without it.".formatted(STATE));
        }
        return Dialogue.of(state).with(params.path("inputResponses"));
    }

    /** The result that asks. */
    ObjectNode question(String method, JsonNode params, String principal, Dialogue dialogue, List<Question> questions) {
        var next = dialogue.asking(questions);
        if (next.rounds() > MOST_ROUNDS) {
            throw new RpcException(RpcError.INTERNAL, "The request asks again and again, and never comes to an end.");
        }
        var state = next.json()
                .put("of", Digests.of(method, params, principal))
                .put("until", clock.instant().plus(LIFE).getEpochSecond());
        var result = JsonNodeFactory.instance.objectNode().put("resultType", "input_required");
        var requests = result.putObject("inputRequests");
        questions.forEach(question -> requests.putObject(question.key())
                .put("method", question.method())
                .set("params", question.params()));
        return result.put(STATE, seal.seal(state.toString()));
    }

    private static Optional<JsonNode> parse(String state) {
        try {
            return Optional.of(JSON.readTree(state));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static RpcException foreign() {
        return RpcException.invalidParams(
                "%s does not belong to this request, or was changed; begin anew without it.".formatted(STATE));
    }
}
