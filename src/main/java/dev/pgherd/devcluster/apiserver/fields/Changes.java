package dev.pgherd.devcluster.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.fields.FieldSchema.ListMerge;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Which paths differ between two states of an object: added or modified ones, and removed ones. */
record Changes(FieldSet changed, FieldSet removed) {

    private static final Changes NONE = new Changes(FieldSet.empty(), FieldSet.empty());

    static Changes between(JsonNode before, JsonNode after, FieldSchema schema) {
        if (before.equals(after)) {
            return NONE;
        }
        if (before instanceof ObjectNode && after instanceof ObjectNode && !schema.atomicObject()) {
            return merge(members(before), members(after), Descent.ofMembers(schema));
        }
        if (before instanceof ArrayNode && after instanceof ArrayNode && schema.listMerge() != ListMerge.ATOMIC) {
            var descent = Descent.ofItems(schema);
            return merge(PathElement.items(before, schema), PathElement.items(after, schema), descent);
        }
        return new Changes(FieldSet.whole(after, schema), FieldSet.empty());
    }

    /** From a step to the schema below it. */
    private interface Descent {

        FieldSchema below(String element);

        static Descent ofMembers(FieldSchema schema) {
            return element -> schema.member(element.substring(2));
        }

        static Descent ofItems(FieldSchema schema) {
            return element -> schema.item();
        }
    }

    private static Map<String, JsonNode> members(JsonNode object) {
        var members = new LinkedHashMap<String, JsonNode>();
        object.properties().forEach(member -> members.put(PathElement.field(member.getKey()), member.getValue()));
        return members;
    }

    private static Changes merge(Map<String, JsonNode> before, Map<String, JsonNode> after, Descent descent) {
        var changed = new TreeMap<String, FieldSet>();
        var removed = new TreeMap<String, FieldSet>();
        after.forEach((name, value) -> {
            var below = descent.below(name);
            var old = before.get(name);
            if (old == null) {
                changed.put(name, FieldSet.leaf().union(FieldSet.whole(value, below)));
                return;
            }
            var changes = between(old, value, below);
            changed.put(name, changes.changed());
            removed.put(name, changes.removed());
        });
        before.forEach((name, value) -> {
            if (!after.containsKey(name)) {
                removed.put(name, FieldSet.leaf().union(FieldSet.whole(value, descent.below(name))));
            }
        });
        changed.values().removeIf(FieldSet::isEmpty);
        removed.values().removeIf(FieldSet::isEmpty);
        return new Changes(new FieldSet(false, changed), new FieldSet(false, removed));
    }
}
