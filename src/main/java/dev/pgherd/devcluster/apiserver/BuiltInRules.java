package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem.Cause;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import java.util.List;

/** Refuses what a real server refuses of built-in resources, where an operator can run into it. */
final class BuiltInRules {

    private static final String ROLLING_UPDATE = "RollingUpdate";

    private BuiltInRules() {}

    static void check(ResourceType type, ObjectNode object) {
        if (type.is("statefulsets.apps")) {
            updateStrategy(type, object, Json.at(object, "spec", "updateStrategy"));
        }
    }

    private static void updateStrategy(ResourceType type, ObjectNode object, JsonNode strategy) {
        if (strategy.has("rollingUpdate") && !ROLLING_UPDATE.equals(Json.text(strategy, "type"))) {
            var message = "Invalid value: %s: only allowed for updateStrategy '%s'"
                    .formatted(strategy.path("rollingUpdate"), ROLLING_UPDATE);
            throw ApiProblem.invalid(
                    type,
                    ObjectMetadata.name(object),
                    List.of(new Cause("FieldValueInvalid", message, "spec.updateStrategy.rollingUpdate")));
        }
    }
}
