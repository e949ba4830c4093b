package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.Json;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.yaml.snakeyaml.error.YAMLException;

/** The body of a request. */
record Body(Context context) {

    private static final int LARGEST = 3 * 1024 * 1024;

    String mediaType() {
        var contentType = Objects.requireNonNullElse(context.contentType(), "application/json");
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** Any JSON or YAML value; an empty object when there is no body. */
    JsonNode value() {
        var bytes = bytes();
        try {
            var value = mediaType().endsWith("yaml") ? Json.readYaml(bytes) : Json.read(bytes);
            return value.isMissingNode() ? Json.object() : value;
        } catch (JsonProcessingException e) {
            throw ApiProblem.badRequest("the body cannot be read: " + e.getOriginalMessage());
        } catch (IOException | YAMLException e) {
            throw ApiProblem.badRequest("the body cannot be read: " + e.getMessage());
        }
    }

    ObjectNode object() {
        var type = mediaType();
        if (!type.endsWith("json") && !type.endsWith("yaml")) {
            throw ApiProblem.unsupportedMediaType("application/json, application/yaml (no protobuf, which kubectl"
                    + " create sends for built-in resources: use kubectl apply -f)");
        }
        if (value() instanceof ObjectNode object) {
            return object;
        }
        throw ApiProblem.badRequest("the body must be an object");
    }

    private byte[] bytes() {
        try {
            var bytes = context.req().getInputStream().readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw ApiProblem.tooLarge("Request entity too large: limit is " + LARGEST);
            }
            return bytes;
        } catch (IOException e) {
            throw ApiProblem.badRequest("the body could not be received: " + e.getMessage());
        }
    }
}
