package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.Json;
import io.javalin.http.Context;

/** Writes answers. */
final class Answers {

    private Answers() {}

    static void json(Context context, int code, ObjectNode body) {
        json(context, code, body, "application/json");
    }

    static void json(Context context, int code, ObjectNode body, String contentType) {
        context.status(code).contentType(contentType).result(Json.bytes(body));
    }

    static void problem(Context context, ApiProblem problem) {
        if (!context.res().isCommitted()) {
            json(context, problem.code(), problem.status());
        }
    }

    static void warn(Context context, String text) {
        var quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
        context.res().addHeader("Warning", "299 - \"" + quoted + "\"");
    }
}
