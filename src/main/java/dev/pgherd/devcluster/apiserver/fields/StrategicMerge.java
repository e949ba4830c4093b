package dev.pgherd.devcluster.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.fields.FieldSchema.ListMerge;
import dev.pgherd.devcluster.apiserver.resource.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** The patch type of built-in resources, which knows how lists merge. */
final class StrategicMerge {

    private static final String DIRECTIVE = "$patch";
    private static final String DELETE_PRIMITIVES = "$deleteFromPrimitiveList/";

    private StrategicMerge() {}

    static ObjectNode patch(ObjectNode target, ObjectNode patch, FieldSchema schema) {
        var replaces = Json.text(patch, DIRECTIVE).equals("replace");
        var patched = replaces ? Json.object() : target.deepCopy();
        patch.properties().forEach(member -> {
            var name = member.getKey();
            if (name.startsWith(DELETE_PRIMITIVES)) {
                deletePrimitives(patched.path(name.substring(DELETE_PRIMITIVES.length())), member.getValue());
            } else if (!name.startsWith("$")) {
                set(patched, name, member.getValue(), schema.member(name));
            }
        });
        retainKeys(patched, patch);
        return patched;
    }

    private static void set(ObjectNode target, String name, JsonNode value, FieldSchema schema) {
        if (value.isNull() || Json.text(value, DIRECTIVE).equals("delete")) {
            target.remove(name);
        } else if (value instanceof ObjectNode object) {
            target.set(name, patch(target.get(name) instanceof ObjectNode old ? old : Json.object(), object, schema));
        } else if (value instanceof ArrayNode && schema.listMerge() != ListMerge.ATOMIC) {
            target.set(name, list(target.path(name), value, schema));
        } else {
            target.set(name, value);
        }
    }

    private static void retainKeys(ObjectNode patched, ObjectNode patch) {
        if (patch.has("$retainKeys")) {
            patched.retain(Json.texts(patch.path("$retainKeys")));
        }
    }

    private static void deletePrimitives(JsonNode list, JsonNode deleted) {
        if (list instanceof ArrayNode array) {
            var texts = Json.texts(deleted);
            for (var i = array.size() - 1; i >= 0; i--) {
                if (texts.contains(array.get(i).asText())) {
                    array.remove(i);
                }
            }
        }
    }

    private static ArrayNode list(JsonNode target, JsonNode patch, FieldSchema schema) {
        var items = new LinkedHashMap<String, JsonNode>();
        var replaces = false;
        for (var item : patch) {
            replaces |= item.size() == 1 && Json.text(item, DIRECTIVE).equals("replace");
        }
        if (!replaces) {
            target.forEach(item -> items.put(key(item, schema), item));
        }
        patch.forEach(item -> mergeItem(items, item, schema));
        return Json.array().addAll(items.values());
    }

    private static void mergeItem(Map<String, JsonNode> items, JsonNode item, FieldSchema schema) {
        var key = key(item, schema);
        if (Json.text(item, DIRECTIVE).equals("delete")) {
            items.remove(key);
        } else if (!(item instanceof ObjectNode object)) {
            items.put(key, item);
        } else if (!item.has(DIRECTIVE)) {
            var old = items.get(key) instanceof ObjectNode found ? found : Json.object();
            items.put(key, patch(old, object, schema.item()));
        }
    }

    /** Strategic merge goes by the first key alone. */
    private static String key(JsonNode item, FieldSchema schema) {
        return schema.listMerge() == ListMerge.SET
                ? item.asText()
                : Json.text(item, schema.keys().get(0));
    }
}
