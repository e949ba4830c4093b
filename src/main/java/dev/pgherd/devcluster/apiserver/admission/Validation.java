package dev.pgherd.devcluster.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.runtime.CelEvaluationException;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.schema.CelEnvironment;
import java.util.Map;
import java.util.Optional;

/** One rule of a policy: what must hold, and what is said when it does not. */
record Validation(JsonNode rule, Expression expression, Optional<Expression> message) {

    static final String INVALID = "Invalid";

    /** Why a request is not to pass. */
    record Denial(String reason, String message) {}

    static Validation compile(JsonNode rule, CelEnvironment environment) {
        return new Validation(
                rule,
                Expression.compile(Json.text(rule, "expression"), environment),
                Optional.of(Json.text(rule, "messageExpression"))
                        .filter(text -> !text.isBlank())
                        .map(text -> Expression.compile(text, environment)));
    }

    Optional<Denial> denial(Map<String, Object> variables) throws CelEvaluationException {
        return Boolean.TRUE.equals(expression.evaluate(variables))
                ? Optional.empty()
                : Optional.of(new Denial(rule.path("reason").asText(INVALID), text(variables)));
    }

    private String text(Map<String, Object> variables) {
        return message.flatMap(e -> evaluated(e, variables))
                .or(() -> Optional.of(Json.text(rule, "message").strip()).filter(text -> !text.isEmpty()))
                .orElseGet(() ->
                        "failed expression: " + Json.text(rule, "expression").strip());
    }

    /** Empty where the expression gives nothing that can be shown on a line; the fixed message takes its place. */
    private static Optional<String> evaluated(Expression expression, Map<String, Object> variables) {
        try {
            return Optional.of(expression.evaluate(variables))
                    .filter(String.class::isInstance)
                    .map(text -> ((String) text).strip())
                    .filter(text -> !text.isEmpty() && !text.contains("\n"));
        } catch (CelEvaluationException e) {
            return Optional.empty();
        }
    }
}
