package dev.pgherd.mcp.stateless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.method.RpcException;
import dev.pgherd.mcp.tool.Client;
import dev.pgherd.mcp.tool.ClientCapabilities;
import dev.pgherd.mcp.tool.InputRequiredException;
import dev.pgherd.mcp.tool.Question;
import java.util.ArrayList;
import java.util.List;

/** Knows what the client has answered so far; the first question beyond that ends this run of the call. */
record DialogueClient(ClientCapabilities capabilities, Dialogue dialogue) implements Client {

    @Override
    public JsonNode ask(String key, String method, ObjectNode params) {
        return ask(List.of(new Question(key, method, params))).get(0);
    }

    @Override
    public List<JsonNode> ask(List<Question> questions) {
        var answers = new ArrayList<JsonNode>();
        var open = new ArrayList<Question>();
        questions.forEach(question -> {
            requireCapability(question.method());
            dialogue.answer(question).ifPresentOrElse(answers::add, () -> open.add(question));
        });
        if (!open.isEmpty()) {
            throw new InputRequiredException(open);
        }
        return answers;
    }

    private void requireCapability(String method) {
        if (!capabilities.allow(method)) {
            var capability = method.substring(0, method.indexOf('/'));
            var data = JsonNodeFactory.instance.objectNode();
            data.putObject("requiredCapabilities").putObject(capability);
            throw new RpcException(
                    Revision.MISSING_CAPABILITY,
                    "This request needs a client with the capability %s.".formatted(capability),
                    data);
        }
    }
}
