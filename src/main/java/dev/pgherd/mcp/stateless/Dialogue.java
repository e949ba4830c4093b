package dev.pgherd.mcp.stateless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.tool.Question;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client was asked in the course of one request, and has answered.
 *
 * @param rounds how often it was asked
 * @param asked digests of the questions that are open, by their keys
 * @param answers by their keys
 */
record Dialogue(int rounds, Map<String, String> asked, Map<String, Answer> answers) {

    static final Dialogue NONE = new Dialogue(0, Map.of(), Map.of());

    Dialogue {
        asked = Map.copyOf(asked);
        answers = Map.copyOf(answers);
    }

    static Dialogue of(JsonNode state) {
        var asked = new LinkedHashMap<String, String>();
        state.path("asked")
                .properties()
                .forEach(entry -> asked.put(entry.getKey(), entry.getValue().asText()));
        var answers = new LinkedHashMap<String, Answer>();
        state.path("answers").properties().forEach(entry -> answers.put(entry.getKey(), Answer.of(entry.getValue())));
        return new Dialogue(state.path("rounds").asInt(), asked, answers);
    }

    /** Takes answers to what was asked, and to nothing else. */
    Dialogue with(JsonNode responses) {
        var all = new LinkedHashMap<>(answers);
        asked.forEach((key, question) -> {
            if (responses.path(key).isObject()) {
                all.put(key, new Answer(question, responses.get(key)));
            }
        });
        return new Dialogue(rounds, asked, all);
    }

    /** An answer counts for the very question that was asked, not for a later one under its key. */
    Optional<JsonNode> answer(Question question) {
        return Optional.ofNullable(answers.get(question.key()))
                .filter(answer -> answer.question().equals(Digests.of(question)))
                .map(Answer::result);
    }

    Dialogue asking(List<Question> questions) {
        var open = new LinkedHashMap<String, String>();
        questions.forEach(question -> open.put(question.key(), Digests.of(question)));
        return new Dialogue(rounds + 1, open, answers);
    }

    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode().put("rounds", rounds);
        var open = json.putObject("asked");
        asked.forEach(open::put);
        var given = json.putObject("answers");
        answers.forEach((key, answer) -> given.set(key, answer.json()));
        return json;
    }

    /**
     * An answer.
     *
     * @param question the digest of what was asked
     */
    record Answer(String question, JsonNode result) {

        static Answer of(JsonNode json) {
            return new Answer(json.path("question").asText(), json.path("result"));
        }

        ObjectNode json() {
            var json = JsonNodeFactory.instance.objectNode().put("question", question);
            json.set("result", result);
            return json;
        }
    }
}
