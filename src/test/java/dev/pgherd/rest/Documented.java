package dev.pgherd.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Holds answers against the API's own document. */
final class Documented {

    private static final JsonNode DOCUMENT = OpenApiDocument.load().json();
    /** No operation of the document: what the server says of methods and paths themselves. */
    private static final Set<Integer> OF_THE_SERVER = Set.of(204, 405);

    private Documented() {}

    /** Every operation, as METHOD and path. */
    static List<String> operations() {
        var operations = new ArrayList<String>();
        for (var path : DOCUMENT.path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                if (!operation.getKey().equals("parameters")) {
                    operations.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            }
        }
        return operations;
    }

    static void require(String method, String path, RestReply reply) {
        var operation = operation(method, path);
        if (operation.isMissingNode() || OF_THE_SERVER.contains(reply.status())) {
            return;
        }
        var answer = operation.path("responses").path(Integer.toString(reply.status()));
        answer = answer.has("$ref") ? DOCUMENT.at(answer.get("$ref").asText().substring(1)) : answer;
        assertThat(answer.isMissingNode())
                .as("%s %s documents %d: %s", method, path, reply.status(), reply.text())
                .isFalse();
        if (method.equals("HEAD")) {
            return;
        }
        var schema = answer.path("content").path(reply.header("Content-Type")).path("schema");
        assertThat(schema.isMissingNode())
                .as("%d documents %s", reply.status(), reply.header("Content-Type"))
                .isFalse();
        assertThat(faults(schema, reply.json())).as(reply.text()).isEmpty();
    }

    private static JsonNode operation(String method, String path) {
        var name = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
        for (var candidate : DOCUMENT.path("paths").properties()) {
            if (new PathTemplate(candidate.getKey()).match("/api/v1" + path).isPresent()) {
                return candidate.getValue().path(name);
            }
        }
        return DOCUMENT.path("none");
    }

    private static List<?> faults(JsonNode schema, JsonNode value) {
        var whole = schema.deepCopy();
        ((ObjectNode) whole).set("components", DOCUMENT.get("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole)
                .validate(value);
    }
}
