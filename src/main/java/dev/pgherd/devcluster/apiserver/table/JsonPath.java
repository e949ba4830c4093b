package dev.pgherd.devcluster.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The JSON paths of printer columns: {@code .a.b}, {@code ['a']}, {@code [0]}, {@code [*]}, {@code [?(@.a=="b")]}. */
record JsonPath(List<Step> steps) {

    private static final Pattern STEP = Pattern.compile("\\.(?<field>(?:[^.\\[\\\\]|\\\\.)+)"
            + "|\\['(?<quoted>[^']+)']"
            + "|\\[(?<index>[0-9]+)]"
            + "|\\[(?<all>\\*)]"
            + "|\\[\\?\\(@\\.(?<key>[^=!]+?)\\s*==\\s*[\"'](?<value>[^\"']*)[\"']\\s*\\)]");

    private interface Step {

        void follow(JsonNode node, List<JsonNode> found);
    }

    /** Parses the path; one that it does not understand finds nothing. */
    static JsonPath parse(String text) {
        var steps = new ArrayList<Step>();
        var matcher = STEP.matcher(text);
        var position = 0;
        while (matcher.find() && matcher.start() == position) {
            steps.add(step(matcher));
            position = matcher.end();
        }
        return position == text.length()
                ? new JsonPath(List.copyOf(steps))
                : new JsonPath(List.of((node, found) -> {}));
    }

    private static Step step(java.util.regex.Matcher matcher) {
        var field = matcher.group("field") == null ? matcher.group("quoted") : matcher.group("field");
        if (field != null) {
            var name = field.replace("\\", "");
            return (node, found) -> found.add(node.path(name));
        }
        if (matcher.group("index") != null) {
            var index = Integer.parseInt(matcher.group("index"));
            return (node, found) -> found.add(node.path(index));
        }
        if (matcher.group("all") != null) {
            return (node, found) -> node.forEach(found::add);
        }
        var key = matcher.group("key");
        var value = matcher.group("value");
        return (node, found) -> node.forEach(item -> {
            if (item.path(key).asText().equals(value)) {
                found.add(item);
            }
        });
    }

    List<JsonNode> find(JsonNode root) {
        var nodes = List.of(root);
        for (var step : steps) {
            var next = new ArrayList<JsonNode>();
            nodes.forEach(node -> step.follow(node, next));
            nodes = next;
        }
        return nodes.stream()
                .filter(node -> !node.isMissingNode() && !node.isNull())
                .toList();
    }
}
