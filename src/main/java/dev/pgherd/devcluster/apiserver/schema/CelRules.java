package dev.pgherd.devcluster.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem.Cause;
import dev.pgherd.devcluster.apiserver.resource.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** All rules of a schema, each compiled once. */
final class CelRules {

    private static final String RULES = "x-kubernetes-validations";

    private final JsonNode schema;
    private final Map<String, CelRule> compiled = new HashMap<>();

    CelRules(JsonNode schema) {
        this.schema = schema;
        if (!schema.findValues(RULES).isEmpty()) {
            compile(schema, new CelEnvironment("self", "oldSelf"));
        }
    }

    private void compile(JsonNode node, CelEnvironment environment) {
        for (var rule : node.path(RULES)) {
            compiled.computeIfAbsent(rule.toString(), text -> CelRule.compile(rule, environment));
        }
        node.forEach(below -> compile(below, environment));
    }

    /** Which rules the object breaks, compared with the state before where a rule asks for it. */
    List<Cause> violations(ObjectNode object, JsonNode before) {
        var causes = new ArrayList<Cause>();
        check(rootView(object), before.isMissingNode() ? before : rootView(before), schema, "", causes);
        return causes;
    }

    /** At the root, rules see the metadata that names the object, and no more of it. */
    private static ObjectNode rootView(JsonNode object) {
        var view = Json.object();
        object.properties().forEach(member -> view.set(member.getKey(), member.getValue()));
        var metadata = Json.object();
        for (var name : List.of("name", "generateName")) {
            if (object.path("metadata").has(name)) {
                metadata.set(name, Json.at(object, "metadata", name));
            }
        }
        view.set("metadata", metadata);
        return view;
    }

    private void check(JsonNode value, JsonNode before, JsonNode schema, String path, List<Cause> causes) {
        for (var rule : schema.path(RULES)) {
            check(Objects.requireNonNull(compiled.get(rule.toString())), value, before, path, causes);
        }
        if (value.isObject()) {
            value.properties().forEach(member -> {
                var name = member.getKey();
                var declared = Json.at(schema, "properties").has(name);
                var below = Structure.below(schema, name);
                var place = declared ? (path.isEmpty() ? name : path + "." + name) : path + "[" + name + "]";
                check(member.getValue(), before.path(name), below, place, causes);
            });
        } else if (value.isArray()) {
            for (var i = 0; i < value.size(); i++) {
                check(value.get(i), Json.object().path("none"), schema.path("items"), path + "[" + i + "]", causes);
            }
        }
    }

    private static void check(CelRule rule, JsonNode value, JsonNode before, String path, List<Cause> causes) {
        if (rule.isTransition() ? before.isMissingNode() : value.equals(before)) {
            return;
        }
        rule.violation(value, before, path).ifPresent(causes::add);
    }
}
