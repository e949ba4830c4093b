package dev.pgherd.devcluster.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem.Cause;
import dev.pgherd.devcluster.apiserver.resource.Json;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A violation of a schema in the words of Kubernetes. */
record SchemaMessage(Error error, String path) {

    Cause cause() {
        var value = Optional.ofNullable(error.getInstanceNode()).orElse(Json.object());
        var limit = Optional.ofNullable(error.getSchemaNode()).orElse(Json.object());
        return switch (error.getKeyword()) {
            case "type" -> wrongType(value, limit);
            case "enum" -> notSupported(value, limit);
            case "required" -> required();
            case "minimum" -> outOfBounds(value, limit, "greater");
            case "maximum" -> outOfBounds(value, limit, "less");
            case "minLength" -> invalid(value, "should be at least " + limit.asText() + " chars long");
            case "maxLength" -> tooLong(limit);
            case "pattern" -> invalid(value, "should match '" + limit.asText() + "'");
            case "format" -> invalid(value, "must be of type " + limit.asText() + ": " + shown(value));
            case "maxProperties", "maxItems" -> tooMany(value, limit);
            default ->
                new Cause("FieldValueInvalid", "Invalid value: " + shown(value) + ": " + error.getMessage(), path);
        };
    }

    private Cause wrongType(JsonNode value, JsonNode limit) {
        var types = limit.isArray() ? String.join(",", Json.texts(limit)) : limit.asText();
        var actual = "\"" + typeName(value) + "\"";
        var message = "Invalid value: " + actual + ": " + path + " in body must be of type " + types + ": " + actual;
        return new Cause("FieldValueTypeInvalid", message, path);
    }

    private Cause notSupported(JsonNode value, JsonNode limit) {
        var supported = StreamSupport.stream(limit.spliterator(), false)
                .map(JsonNode::toString)
                .collect(Collectors.joining(", "));
        return new Cause(
                "FieldValueNotSupported",
                "Unsupported value: " + shown(value) + ": supported values: " + supported,
                path);
    }

    private Cause required() {
        var name = Optional.ofNullable(error.getProperty()).orElse("");
        return new Cause("FieldValueRequired", "Required value", path.isEmpty() ? name : path + "." + name);
    }

    private Cause outOfBounds(JsonNode value, JsonNode limit, String direction) {
        var bound = limit.decimalValue().stripTrailingZeros().toPlainString();
        return invalid(value, "should be " + direction + " than or equal to " + bound);
    }

    private Cause tooLong(JsonNode limit) {
        return new Cause("FieldValueTooLong", "Too long: may not be more than " + limit.asText() + " bytes", path);
    }

    private Cause tooMany(JsonNode value, JsonNode limit) {
        var message = "Too many: " + value.size() + ": must have at most " + limit.asText() + " items";
        return new Cause("FieldValueTooMany", message, path);
    }

    private Cause invalid(JsonNode value, String rule) {
        return new Cause(
                "FieldValueInvalid", "Invalid value: " + shown(value) + ": " + path + " in body " + rule, path);
    }

    private static String shown(JsonNode value) {
        return value.toString();
    }

    private static String typeName(JsonNode value) {
        if (value.isNumber()) {
            return value.isIntegralNumber() ? "integer" : "number";
        }
        return value.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
