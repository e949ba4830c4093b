package dev.pgherd.devcluster.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the structure of a schema does to an object: unknown fields go, defaults come. */
final class Structure {

    private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";
    private static final Set<String> ROOT = Set.of("apiVersion", "kind", "metadata");
    private static final Set<String> METADATA = Set.of(
            "name",
            "generateName",
            "namespace",
            "labels",
            "annotations",
            "finalizers",
            "ownerReferences",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "managedFields",
            "selfLink");

    private final JsonNode schema;

    Structure(JsonNode schema) {
        this.schema = schema;
    }

    /** Removes the fields that the schema does not know; the answer names them. */
    List<String> prune(ObjectNode object) {
        var unknown = new ArrayList<String>();
        Json.child(object, "metadata").properties().removeIf(field -> {
            var strange = !METADATA.contains(field.getKey());
            if (strange) {
                unknown.add("metadata." + field.getKey());
            }
            return strange;
        });
        prune(object, schema, "", ROOT, unknown);
        return unknown.stream().sorted().toList();
    }

    private static void prune(JsonNode value, JsonNode schema, String path, Set<String> known, List<String> unknown) {
        if (value instanceof ObjectNode object) {
            object.properties().removeIf(field -> {
                var name = field.getKey();
                if (known.contains(name)) {
                    return false;
                }
                var below = below(schema, name);
                var fieldPath = path.isEmpty() ? name : path + "." + name;
                if (below.isMissingNode()) {
                    var pruned = !schema.path(PRESERVE).asBoolean();
                    if (pruned) {
                        unknown.add(fieldPath);
                    }
                    return pruned;
                }
                prune(field.getValue(), below, fieldPath, Set.of(), unknown);
                return false;
            });
        } else if (value instanceof ArrayNode array) {
            for (var i = 0; i < array.size(); i++) {
                prune(array.get(i), schema.path("items"), path + "[" + i + "]", Set.of(), unknown);
            }
        }
    }

    /** The schema of a field; missing where the schema does not know it. */
    static JsonNode below(JsonNode schema, String name) {
        var declared = Json.at(schema, "properties", name);
        var additional = schema.path("additionalProperties");
        if (!declared.isMissingNode() || additional.isObject()) {
            return declared.isMissingNode() ? additional : declared;
        }
        return additional.asBoolean() ? Json.object().put(PRESERVE, true) : declared;
    }

    /** Fills in the defaults of absent fields, and of null ones that cannot be null. */
    void complete(ObjectNode object) {
        complete(object, schema);
    }

    private static void complete(JsonNode value, JsonNode schema) {
        if (value instanceof ObjectNode object) {
            schema.path("properties").properties().forEach(property -> {
                var name = property.getKey();
                var field = property.getValue();
                var cannotBeNull = !field.path("nullable").asBoolean();
                if (object.path(name).isNull() && cannotBeNull) {
                    object.remove(name);
                }
                if (!object.has(name) && field.has("default")) {
                    object.set(name, field.get("default").deepCopy());
                }
            });
            object.properties().forEach(field -> complete(field.getValue(), below(schema, field.getKey())));
        } else if (value instanceof ArrayNode array) {
            array.forEach(item -> complete(item, schema.path("items")));
        }
    }
}
