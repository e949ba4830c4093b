package dev.pgherd.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the API tells of itself (OpenAPI 3.1), which is also what requests are held against. */
record OpenApiDocument(ObjectNode json) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Put together from what it says of paths and of schemas. */
    static OpenApiDocument load() {
        var document = (ObjectNode) read("openapi.json");
        document.set("paths", read("paths.json"));
        document.withObject("/components").set("schemas", read("schemas.json"));
        return new OpenApiDocument(document);
    }

    /** The names of the parameters in the query string. */
    List<String> parameters(Route route) {
        return stream(operation(route).path("parameters"))
                .map(this::resolved)
                .filter(parameter -> parameter.path("in").asText().equals("query"))
                .map(parameter -> parameter.path("name").asText())
                .toList();
    }

    List<String> bodyTypes(Route route) {
        return names(content(route));
    }

    /** The names of what may be in the body. */
    List<String> fields(Route route) {
        var schema = content(route).elements().next().path("schema");
        return names(resolved(schema).path("properties"));
    }

    private JsonNode content(Route route) {
        return operation(route).path("requestBody").path("content");
    }

    private JsonNode operation(Route route) {
        return json.path("paths")
                .path(RestApi.BASE + route.path().text())
                .path(route.method().toLowerCase(Locale.ROOT));
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? json.at(node.get("$ref").asText().substring(1)) : node;
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode read(String name) {
        try (var source = OpenApiDocument.class.getResourceAsStream(name)) {
            return JSON.readTree(Objects.requireNonNull(source, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
