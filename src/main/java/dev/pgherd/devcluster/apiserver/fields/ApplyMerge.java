package dev.pgherd.devcluster.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.fields.FieldSchema.ListMerge;
import dev.pgherd.devcluster.apiserver.resource.Json;
import java.util.Map;

/** The value side of server-side apply: laying a configuration over an object, and taking back what it no longer has. */
final class ApplyMerge {

    private ApplyMerge() {}

    static JsonNode merge(JsonNode live, JsonNode applied, FieldSchema schema) {
        if (live instanceof ObjectNode before && applied instanceof ObjectNode added && !schema.atomicObject()) {
            return mergeObjects(before, added, schema);
        }
        if (live instanceof ArrayNode && applied instanceof ArrayNode && schema.listMerge() != ListMerge.ATOMIC) {
            return mergeLists(live, applied, schema);
        }
        return applied.deepCopy();
    }

    private static ObjectNode mergeObjects(ObjectNode live, ObjectNode applied, FieldSchema schema) {
        var merged = live.deepCopy();
        applied.properties().forEach(member -> {
            var name = member.getKey();
            var old = live.path(name);
            merged.set(name, merge(old, member.getValue(), schema.member(name)));
        });
        return merged;
    }

    private static ArrayNode mergeLists(JsonNode live, JsonNode applied, FieldSchema schema) {
        var merged = PathElement.items(live, schema);
        PathElement.items(applied, schema)
                .forEach((name, item) ->
                        merged.merge(name, item.deepCopy(), (old, added) -> merge(old, added, schema.item())));
        return Json.array().addAll(merged.values());
    }

    /** Removes what the last configuration had and the new one has not, unless others own it. */
    static void prune(JsonNode object, FieldSet last, FieldSet applied, FieldSet others, FieldSchema schema) {
        if (object instanceof ObjectNode node && !schema.atomicObject()) {
            pruneMembers(node, last, applied, others, schema);
        } else if (object instanceof ArrayNode node && schema.listMerge() != ListMerge.ATOMIC) {
            pruneItems(node, last, applied, others, schema);
        }
    }

    private static void pruneMembers(
            ObjectNode object, FieldSet last, FieldSet applied, FieldSet others, FieldSchema schema) {
        for (var child : last.children().entrySet()) {
            var element = child.getKey();
            var name = element.substring(2);
            if (!object.has(name)) {
                continue;
            }
            if (gone(element, applied, others)) {
                object.remove(name);
            } else {
                var value = object.get(name);
                var hadContent = !value.isEmpty();
                prune(value, child.getValue(), applied.child(element), others.child(element), schema.member(name));
                if (hadContent && value.isEmpty() && !applied.children().containsKey(element)) {
                    object.remove(name);
                }
            }
        }
    }

    private static void pruneItems(
            ArrayNode array, FieldSet last, FieldSet applied, FieldSet others, FieldSchema schema) {
        Map<String, JsonNode> items = PathElement.items(array, schema);
        last.children().forEach((element, child) -> {
            var item = items.get(element);
            if (item == null) {
                return;
            }
            if (gone(element, applied, others)) {
                items.remove(element);
            } else if (!applied.children().containsKey(element)) {
                var keys = element.startsWith("k:") ? PathElement.keyFields(element) : java.util.List.<String>of();
                var withoutKeys = child;
                for (var key : keys) {
                    withoutKeys = withoutKeys.without(PathElement.field(key));
                }
                prune(item, withoutKeys, FieldSet.empty(), others.child(element), schema.item());
            } else {
                prune(item, child, applied.child(element), others.child(element), schema.item());
            }
        });
        array.removeAll();
        array.addAll(items.values());
    }

    private static boolean gone(String element, FieldSet applied, FieldSet others) {
        return !applied.children().containsKey(element) && others.child(element).isEmpty();
    }
}
