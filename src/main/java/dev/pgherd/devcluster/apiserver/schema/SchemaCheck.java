package dev.pgherd.devcluster.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem.Cause;
import dev.pgherd.devcluster.apiserver.resource.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Checks values against the OpenAPI schema of a definition. */
final class SchemaCheck {

    private final Schema schema;

    SchemaCheck(JsonNode openApi) {
        var config = SchemaRegistryConfig.builder()
                .formatAssertionsEnabled(true)
                .regularExpressionFactory(text -> {
                    var pattern = Pattern.compile(text);
                    return value -> pattern.matcher(value).find();
                })
                .build();
        this.schema = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_4, registry -> registry.schemaRegistryConfig(config))
                .getSchema(jsonSchema(openApi));
    }

    /** What is wrong with the object; what was so before a change is let pass. */
    List<Cause> violations(ObjectNode object, JsonNode before) {
        var causes = new ArrayList<Cause>();
        for (var error : schema.validate(object)) {
            var place = Place.of(error.getInstanceLocation());
            if (!place.sameIn(object, before)) {
                causes.add(cause(error, place.path()));
            }
        }
        causes.sort(Comparator.comparing(Cause::field));
        return causes;
    }

    private static Cause cause(Error error, String path) {
        return new SchemaMessage(error, path).cause();
    }

    /** OpenAPI as JSON schema: without the annotations, and with null as a type of its own. */
    private static JsonNode jsonSchema(JsonNode openApi) {
        if (openApi instanceof ArrayNode array) {
            var converted = Json.array();
            array.forEach(item -> converted.add(jsonSchema(item)));
            return converted;
        }
        if (!(openApi instanceof ObjectNode object)) {
            return openApi;
        }
        var converted = Json.object();
        object.properties().forEach(member -> {
            if (!member.getKey().startsWith("x-kubernetes-") && !member.getKey().equals("default")) {
                converted.set(member.getKey(), jsonSchema(member.getValue()));
            }
        });
        types(object, converted);
        return converted;
    }

    private static void types(ObjectNode openApi, ObjectNode converted) {
        if (openApi.path("x-kubernetes-int-or-string").asBoolean()) {
            converted.remove("anyOf");
            converted.putArray("type").add("integer").add("string");
        } else if (openApi.path("nullable").asBoolean() && openApi.path("type").isTextual()) {
            converted.putArray("type").add(Json.text(openApi, "type")).add("null");
        }
    }
}
