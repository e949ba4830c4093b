package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What the program that called can be asked while the call runs. */
public interface Client {

    /** One that answers nothing. */
    Client SILENT = new Client() {
        @Override
        public ClientCapabilities capabilities() {
            return ClientCapabilities.NONE;
        }

        @Override
        public JsonNode ask(String key, String method, ObjectNode params) {
            throw new ToolFailedException(FailureKind.FAILED, "This client cannot be asked for %s.".formatted(method));
        }
    };

    /** What it says that it can be asked. */
    ClientCapabilities capabilities();

    /** Whether it lets the person who uses it fill in a form (elicitation). */
    default boolean elicits() {
        return capabilities().elicits();
    }

    /** Whether it lends its model (sampling). */
    default boolean samples() {
        return capabilities().samples();
    }

    /**
     * Sends it a request and gives its result. Where there is no session to ask in, this run of the call ends here and the
     * next one has the result, so a call must come to the same question again: nothing before it may change the world.
     *
     * @param key names this question among those of one call
     * @param method {@code elicitation/create} or {@code sampling/createMessage}
     * @throws InputRequiredException when this run of the call ends here
     * @throws ToolFailedException when it cannot be asked, refuses, or does not answer in time
     */
    JsonNode ask(String key, String method, ObjectNode params);

    /** The same for several questions that do not depend on each other's answers. */
    default List<JsonNode> ask(List<Question> questions) {
        return questions.stream()
                .map(question -> ask(question.key(), question.method(), question.params()))
                .toList();
    }
}
