package dev.pgherd.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** Instances, and rows of theirs, as people read them. */
public final class InstanceText {

    private static final int LONGEST_PROBLEM = 60;

    private InstanceText() {}

    public static String list(Iterable<JsonNode> instances) {
        var table = new Table(
                List.of("NAMESPACE", "NAME", "STATUS", "VERSION", "AVAILABLE", "ENDPOINT", "EXPIRES", "PROBLEM"));
        instances.forEach(instance -> table.row(List.of(
                text(instance, "namespace"),
                text(instance, "name"),
                text(instance, "phase"),
                text(instance, "postgres_version"),
                instance.path("available").asBoolean() ? "yes" : "no",
                endpoint(instance),
                text(instance, "expires"),
                brief(text(instance, "problem")))));
        return table.toString();
    }

    /** One, with its conditions and what happened to it. */
    public static String details(JsonNode instance) {
        var facts = new Table(List.of("NAME", text(instance, "namespace") + "/" + text(instance, "name")))
                .row(List.of("STATUS", text(instance, "phase")))
                .row(List.of("AVAILABLE", instance.path("available").asBoolean() ? "yes" : "no"))
                .row(List.of("ENDPOINT", endpoint(instance)));
        for (var field : List.of("problem", "expires", "created")) {
            if (instance.has(field)) {
                facts.row(List.of(field.toUpperCase(Locale.ROOT), text(instance, field)));
            }
        }
        return facts
                + part(instance.path("conditions"), "CONDITION", "type", "status", "reason", "message")
                + part(instance.path("events"), "EVENT", "time", "type", "reason", "message");
    }

    /** A result of a statement. */
    public static String rows(JsonNode result) {
        if (!result.has("columns")) {
            return "%s: %d rows"
                    .formatted(text(result, "command"), result.path("row_count").asLong());
        }
        var names = result.path("columns").findValuesAsText("name");
        var table = new Table(names);
        result.path("rows").forEach(row -> table.row(cells(row)));
        return table.toString();
    }

    private static String part(JsonNode items, String title, String... fields) {
        if (items.isEmpty()) {
            return "";
        }
        var titles = List.of(fields).stream()
                .map(field -> field.equals(fields[0]) ? title : field.toUpperCase(Locale.ROOT))
                .toList();
        var table = new Table(titles);
        items.forEach(item -> table.row(
                List.of(fields).stream().map(field -> text(item, field)).toList()));
        return "\n\n" + table;
    }

    /** The whole is what get shows. */
    private static String brief(String problem) {
        return problem.length() > LONGEST_PROBLEM ? problem.substring(0, LONGEST_PROBLEM) + "..." : problem;
    }

    private static List<String> cells(JsonNode row) {
        return StreamSupport.stream(row.spliterator(), false)
                .map(cell -> cell.isValueNode() ? cell.asText() : cell.toString())
                .toList();
    }

    private static String endpoint(JsonNode instance) {
        var endpoint = instance.path("endpoint");
        return endpoint.isObject()
                ? "%s:%d/%s"
                        .formatted(text(endpoint, "host"), endpoint.path("port").asInt(), text(endpoint, "database"))
                : "-";
    }

    private static String text(JsonNode node, String field) {
        var value = node.path(field);
        return value.isMissingNode() || value.isNull() || value.asText().isEmpty() ? "-" : value.asText();
    }
}
