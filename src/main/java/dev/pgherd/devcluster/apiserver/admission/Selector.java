package dev.pgherd.devcluster.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import java.util.function.Predicate;

/** A label selector as an object has it, with matchLabels and matchExpressions; an absent one selects all. */
record Selector(JsonNode selector) implements Predicate<JsonNode> {

    static Selector of(JsonNode selector) {
        return new Selector(selector);
    }

    @Override
    public boolean test(JsonNode labels) {
        return selector.path("matchLabels").properties().stream()
                        .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())))
                && Json.items(selector.path("matchExpressions")).stream().allMatch(e -> holds(e, labels));
    }

    private static boolean holds(JsonNode expression, JsonNode labels) {
        var label = labels.path(Json.text(expression, "key"));
        var listed = Json.texts(expression.path("values")).contains(label.asText());
        return switch (Json.text(expression, "operator")) {
            case "In" -> !label.isMissingNode() && listed;
            case "NotIn" -> label.isMissingNode() || !listed;
            case "Exists" -> !label.isMissingNode();
            default -> label.isMissingNode();
        };
    }
}
