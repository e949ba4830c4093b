package dev.pgherd.devcluster.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One step of a path as managed fields write it: {@code f:name}, {@code k:{"key":"value"}} or {@code v:"item"}. */
final class PathElement {

    private PathElement() {}

    static String field(String name) {
        return "f:" + name;
    }

    /** How the items of the list are called, in the list's order; a problem when one lacks its key. */
    static Map<String, JsonNode> items(JsonNode list, FieldSchema schema) {
        var items = new LinkedHashMap<String, JsonNode>();
        for (var item : list) {
            items.put(schema.listMerge() == FieldSchema.ListMerge.SET ? "v:" + item : keyed(item, schema), item);
        }
        return items;
    }

    private static String keyed(JsonNode item, FieldSchema schema) {
        var keys = Json.object();
        for (var key : schema.keys().stream().sorted().toList()) {
            var value = item.has(key) ? item.get(key) : schema.keyDefaults().get(key);
            if (value != null) {
                keys.set(key, value);
            }
        }
        if (keys.isEmpty()) {
            throw ApiProblem.badRequest("an item of a list lacks its key " + schema.keys() + ": " + item);
        }
        return "k:" + keys;
    }

    /** The step in the notation of messages: {@code .name}, {@code [key="value"]}. */
    static String asText(String element) {
        var value = element.substring(2);
        if (element.startsWith("f:")) {
            return "." + value;
        }
        if (element.startsWith("v:")) {
            return "[=" + value + "]";
        }
        return parse(value).properties().stream()
                .map(key -> key.getKey() + "=" + key.getValue())
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** The names of the key fields of a keyed item. */
    static List<String> keyFields(String element) {
        var names = new ArrayList<String>();
        parse(element.substring(2)).fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static ObjectNode parse(String json) {
        try {
            if (Json.read(json.getBytes(StandardCharsets.UTF_8)) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw ApiProblem.badRequest("managed fields hold a malformed key: " + json);
        }
        throw ApiProblem.badRequest("managed fields hold a malformed key: " + json);
    }
}
