package dev.pgherd.devcluster.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.fields.FieldSchema.ListMerge;
import java.util.TreeMap;

/** Collects the paths of a value. */
final class FieldSetBuilder {

    private final boolean everyNode;

    FieldSetBuilder(boolean everyNode) {
        this.everyNode = everyNode;
    }

    FieldSet build(JsonNode value, FieldSchema schema) {
        if (value instanceof ObjectNode object && !schema.atomicObject()) {
            return members(object, schema);
        }
        if (value instanceof ArrayNode array && schema.listMerge() != ListMerge.ATOMIC) {
            return items(array, schema);
        }
        return FieldSet.leaf();
    }

    private FieldSet members(ObjectNode object, FieldSchema schema) {
        var children = new TreeMap<String, FieldSet>();
        object.properties().forEach(member -> {
            var name = member.getKey();
            var below = build(member.getValue(), schema.member(name));
            var asMember = everyNode || below.isEmpty() || schema.isEntry(name);
            children.put(PathElement.field(name), asMember ? FieldSet.leaf().union(below) : below);
        });
        return new FieldSet(everyNode, children);
    }

    private FieldSet items(ArrayNode array, FieldSchema schema) {
        var children = new TreeMap<String, FieldSet>();
        PathElement.items(array, schema)
                .forEach((name, item) -> children.put(name, FieldSet.leaf().union(build(item, schema.item()))));
        return new FieldSet(everyNode, children);
    }
}
