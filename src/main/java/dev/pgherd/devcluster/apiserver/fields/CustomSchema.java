package dev.pgherd.devcluster.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The schema of a custom resource, from its CustomResourceDefinition. */
record CustomSchema(JsonNode schema, boolean root) implements FieldSchema {

    @Override
    public FieldSchema member(String name) {
        if (root && name.equals("metadata")) {
            return BuiltInSchema.root("").member(name);
        }
        var declared = Json.at(schema, "properties", name);
        return new CustomSchema(declared.isMissingNode() ? schema.path("additionalProperties") : declared, false);
    }

    @Override
    public FieldSchema item() {
        return new CustomSchema(schema.path("items"), false);
    }

    @Override
    public boolean atomicObject() {
        return Json.text(schema, "x-kubernetes-map-type").equals("atomic");
    }

    @Override
    public ListMerge listMerge() {
        return switch (Json.text(schema, "x-kubernetes-list-type")) {
            case "map" -> ListMerge.KEYED;
            case "set" -> ListMerge.SET;
            default -> ListMerge.ATOMIC;
        };
    }

    @Override
    public List<String> keys() {
        return Json.texts(schema.path("x-kubernetes-list-map-keys"));
    }

    @Override
    public Map<String, JsonNode> keyDefaults() {
        var defaults = new HashMap<String, JsonNode>();
        Json.at(schema, "items", "properties").properties().forEach(property -> {
            if (property.getValue().has("default")) {
                defaults.put(property.getKey(), property.getValue().get("default"));
            }
        });
        return defaults;
    }

    @Override
    public boolean isEntry(String name) {
        return !root && !schema.path("properties").has(name);
    }
}
