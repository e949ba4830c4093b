package dev.pgherd.devcluster.apiserver.admission;

import dev.cel.common.CelValidationException;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.pgherd.devcluster.apiserver.schema.CelEnvironment;
import java.util.Map;

/** One expression of a policy, compiled. */
record Expression(CelRuntime.Program program) {

    /**
     * Compiles an expression.
     *
     * @throws IllegalArgumentException when it is none; the message says why
     */
    static Expression compile(String text, CelEnvironment environment) {
        try {
            return new Expression(environment.compile(text));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalArgumentException("compilation failed: " + e.getMessage(), e);
        }
    }

    Object evaluate(Map<String, Object> variables) throws CelEvaluationException {
        return program.eval(variables);
    }
}
