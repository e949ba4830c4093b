package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.ask.Conversation;
import dev.pgherd.mcp.ask.LanguageModel;
import dev.pgherd.mcp.ask.ModelAnswer;
import dev.pgherd.mcp.ask.Tokens;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The model of the program that calls (sampling); it does not say what an answer costs. */
record SampledModel(Client client) implements LanguageModel {

    private static final int LONGEST_ANSWER = 4096;

    @Override
    public ModelAnswer answer(String step, Conversation conversation) {
        var answer = client.ask(step, "sampling/createMessage", params(conversation));
        return new ModelAnswer(
                text(answer.path("content")), answer.path("model").asText(), Tokens.NONE);
    }

    private static ObjectNode params(Conversation conversation) {
        var params = JsonNodeFactory.instance.objectNode();
        var messages = params.putArray("messages");
        for (var turn = 0; turn < conversation.turns().size(); turn++) {
            var message = messages.addObject().put("role", turn % 2 == 0 ? "user" : "assistant");
            message.putObject("content")
                    .put("type", "text")
                    .put("text", conversation.turns().get(turn));
        }
        return params.put("systemPrompt", conversation.system()).put("maxTokens", LONGEST_ANSWER);
    }

    /** One block, or a list of them in later revisions. */
    private static String text(JsonNode content) {
        return content.isArray()
                ? StreamSupport.stream(content.spliterator(), false)
                        .map(SampledModel::block)
                        .collect(Collectors.joining())
                : block(content);
    }

    private static String block(JsonNode block) {
        return block.path("text").asText();
    }
}
