package dev.pgherd.devcluster.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.CelValidationException;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem.Cause;
import dev.pgherd.devcluster.apiserver.resource.Json;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One rule of x-kubernetes-validations, compiled. */
record CelRule(JsonNode rule, CelRuntime.Program program) {

    private static final Pattern OLD_SELF = Pattern.compile("\\boldSelf\\b");

    static CelRule compile(JsonNode rule, CelEnvironment environment) {
        try {
            return new CelRule(rule, environment.compile(Json.text(rule, "rule")));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalArgumentException(
                    "the rule " + Json.text(rule, "rule") + " cannot be compiled: " + e.getMessage(), e);
        }
    }

    boolean isTransition() {
        return OLD_SELF.matcher(Json.text(rule, "rule")).find();
    }

    /** What is wrong when the value breaks the rule. */
    Optional<Cause> violation(JsonNode value, JsonNode before, String path) {
        try {
            var holds = isTransition()
                    ? program.eval(Map.of("self", CelValues.of(value), "oldSelf", CelValues.of(before)))
                    : program.eval(Map.of("self", CelValues.of(value)));
            return Boolean.TRUE.equals(holds) ? Optional.empty() : Optional.of(cause(value, path, message()));
        } catch (CelEvaluationException e) {
            return Optional.of(cause(value, path, "rule evaluation failed: " + e.getMessage()));
        }
    }

    private Cause cause(JsonNode value, String path, String message) {
        var shown = value.isContainerNode() ? "" : value + ": ";
        var reason = rule.path("reason").asText("FieldValueInvalid");
        return new Cause(reason, "Invalid value: " + shown + message, path);
    }

    private String message() {
        var message = Json.text(rule, "message");
        return message.isEmpty() ? "failed rule: " + Json.text(rule, "rule") : message;
    }
}
