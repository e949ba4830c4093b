package dev.pgherd.devcluster.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.runtime.CelEvaluationException;
import dev.pgherd.devcluster.apiserver.admission.Validation.Denial;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.schema.CelEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A ValidatingAdmissionPolicy, its expressions compiled. */
record Policy(JsonNode spec, List<Expression> conditions, List<Validation> validations) {

    Policy {
        conditions = List.copyOf(conditions);
        validations = List.copyOf(validations);
    }

    static Policy compile(JsonNode spec) {
        var environment = new CelEnvironment("object", "oldObject", "request", "namespaceObject");
        return new Policy(
                spec,
                Json.items(spec.path("matchConditions")).stream()
                        .map(condition -> Expression.compile(Json.text(condition, "expression"), environment))
                        .toList(),
                Json.items(spec.path("validations")).stream()
                        .map(rule -> Validation.compile(rule, environment))
                        .toList());
    }

    /** Why the request is not to pass; an expression that cannot be evaluated counts unless failures are ignored. */
    List<Denial> denials(Map<String, Object> variables) {
        try {
            if (!applies(variables)) {
                return List.of();
            }
            var denials = new ArrayList<Denial>();
            for (var validation : validations) {
                validation.denial(variables).ifPresent(denials::add);
            }
            return denials;
        } catch (CelEvaluationException e) {
            return Json.text(spec, "failurePolicy").equals("Ignore")
                    ? List.of()
                    : List.of(new Denial(Validation.INVALID, String.valueOf(e.getMessage())));
        }
    }

    private boolean applies(Map<String, Object> variables) throws CelEvaluationException {
        for (var condition : conditions) {
            if (!Boolean.TRUE.equals(condition.evaluate(variables))) {
                return false;
            }
        }
        return true;
    }
}
