package dev.pgherd.devcluster.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import java.util.List;

/** Which requests the rules of a policy or a binding are about. */
record ResourceRules(JsonNode constraints) {

    private static final String ANY = "*";

    /** Whether they are about this request; without any rule they are about all. */
    boolean match(AdmissionRequest request, JsonNode namespaceLabels) {
        var rules = constraints.path("resourceRules");
        var object = request.object().or(request::oldObject).orElseGet(Json::object);
        return Selector.of(constraints.path("namespaceSelector")).test(namespaceLabels)
                && Selector.of(constraints.path("objectSelector")).test(Json.at(object, "metadata", "labels"))
                && !any(constraints.path("excludeResourceRules"), request)
                && (rules.isEmpty() || any(rules, request));
    }

    private static boolean any(JsonNode rules, AdmissionRequest request) {
        return Json.items(rules).stream().anyMatch(rule -> matches(rule, request));
    }

    private static boolean matches(JsonNode rule, AdmissionRequest request) {
        var names = Json.texts(rule.path("resourceNames"));
        return lists(rule.path("apiGroups"), request.type().group())
                && lists(rule.path("apiVersions"), request.type().version())
                && lists(rule.path("operations"), request.operation().name())
                && Json.texts(rule.path("resources")).stream().anyMatch(resource -> isResource(resource, request))
                && (names.isEmpty() || names.contains(request.name()))
                && inScope(rule.path("scope").asText(ANY), request);
    }

    private static boolean lists(JsonNode values, String value) {
        var texts = Json.texts(values);
        return texts.contains(ANY) || texts.contains(value);
    }

    /** The object itself as {@code pods}, a subresource as {@code pods/status}; either part may be any. */
    private static boolean isResource(String text, AdmissionRequest request) {
        var parts = List.of(text.split("/", 2));
        var subresource = parts.size() > 1 ? parts.get(1) : "";
        return (parts.get(0).equals(ANY) || parts.get(0).equals(request.type().plural()))
                && (subresource.equals(ANY) || subresource.equals(request.subresource()));
    }

    private static boolean inScope(String scope, AdmissionRequest request) {
        return switch (scope) {
            case "Namespaced" -> request.type().namespaced();
            case "Cluster" -> !request.type().namespaced();
            default -> true;
        };
    }
}
