package dev.pgherd.devcluster.apiserver.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A field selector as in a query: {@code metadata.name=a,status.phase!=Running}. */
public final class FieldSelector implements Predicate<JsonNode> {

    private static final Pattern REQUIREMENT = Pattern.compile("([A-Za-z.]+)(==|=|!=)(.*)");
    private static final List<String> EVERYWHERE = List.of("metadata.name", "metadata.namespace");
    private static final Map<String, List<String>> PER_RESOURCE = Map.of(
            "pods",
            List.of("spec.nodeName", "spec.restartPolicy", "spec.serviceAccountName", "status.phase", "status.podIP"),
            "events",
            List.of(
                    "involvedObject.kind",
                    "involvedObject.namespace",
                    "involvedObject.name",
                    "involvedObject.uid",
                    "involvedObject.apiVersion",
                    "involvedObject.resourceVersion",
                    "involvedObject.fieldPath",
                    "reason",
                    "type"),
            "secrets",
            List.of("type"),
            "namespaces",
            List.of("status.phase"),
            "services",
            List.of("spec.clusterIP", "spec.type"));

    private final List<Requirement> requirements;

    private FieldSelector(List<Requirement> requirements) {
        this.requirements = requirements;
    }

    private record Requirement(List<String> path, boolean negated, String value) {

        boolean test(JsonNode object) {
            return negated != Json.text(object, path.toArray(String[]::new)).equals(value);
        }
    }

    public static FieldSelector parse(String text, ResourceType type) {
        var requirements = new ArrayList<Requirement>();
        for (var part : text.split(",", -1)) {
            if (!part.isBlank()) {
                requirements.add(requirement(part, type));
            }
        }
        return new FieldSelector(List.copyOf(requirements));
    }

    private static Requirement requirement(String part, ResourceType type) {
        var matcher = REQUIREMENT.matcher(part.strip());
        if (!matcher.matches()) {
            throw ApiProblem.badRequest("invalid selector: '" + part + "'; can't understand '" + part + "'");
        }
        var field = matcher.group(1);
        if (!supported(field, type)) {
            throw ApiProblem.badRequest(
                    type.custom().isPresent()
                            ? "field label not supported: " + field
                            : "field label \"" + field + "\" not supported for " + type.kind());
        }
        return new Requirement(List.of(field.split("\\.", -1)), matcher.group(2).equals("!="), matcher.group(3));
    }

    private static boolean supported(String field, ResourceType type) {
        return EVERYWHERE.contains(field)
                || PER_RESOURCE.getOrDefault(type.qualifiedName(), List.of()).contains(field)
                || type.custom()
                        .map(custom -> custom.selectableFields().contains(field))
                        .orElse(false);
    }

    @Override
    public boolean test(JsonNode object) {
        return requirements.stream().allMatch(requirement -> requirement.test(object));
    }
}
