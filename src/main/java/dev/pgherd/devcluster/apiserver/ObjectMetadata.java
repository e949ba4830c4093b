package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ObjectKey;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes of the metadata that every object has. */
final class ObjectMetadata {

    private static final List<String> SERVER_OWNED = List.of(
            "uid",
            "creationTimestamp",
            "generation",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "managedFields",
            "resourceVersion",
            "selfLink",
            "generateName");

    private ObjectMetadata() {}

    static String name(JsonNode object) {
        return Json.text(object, "metadata", "name");
    }

    static String namespace(JsonNode object) {
        return Json.text(object, "metadata", "namespace");
    }

    static String uid(JsonNode object) {
        return Json.text(object, "metadata", "uid");
    }

    static ObjectKey key(ResourceType type, JsonNode object) {
        return new ObjectKey(type.qualifiedName(), namespace(object), name(object));
    }

    static boolean deleting(JsonNode object) {
        return object.path("metadata").has("deletionTimestamp");
    }

    static List<String> finalizers(JsonNode object) {
        return new ArrayList<>(Json.texts(Json.at(object, "metadata", "finalizers")));
    }

    static boolean hasFinalizer(JsonNode object, String finalizer) {
        return finalizers(object).contains(finalizer);
    }

    static void setFinalizers(ObjectNode object, List<String> finalizers) {
        var metadata = Json.child(object, "metadata");
        if (finalizers.isEmpty()) {
            metadata.remove("finalizers");
        } else {
            var array = metadata.putArray("finalizers");
            finalizers.forEach(array::add);
        }
    }

    static JsonNode owners(JsonNode object) {
        return Json.at(object, "metadata", "ownerReferences");
    }

    static boolean ownedBy(JsonNode object, String uid) {
        for (var owner : owners(object)) {
            if (Json.text(owner, "uid").equals(uid)) {
                return true;
            }
        }
        return false;
    }

    static void removeOwner(ObjectNode object, String uid) {
        var left = Json.array();
        owners(object).forEach(owner -> {
            if (!Json.text(owner, "uid").equals(uid)) {
                left.add(owner);
            }
        });
        Json.child(object, "metadata").set("ownerReferences", left);
        dropEmpty(object);
    }

    /** Takes from the stored object what a client cannot change. */
    static void keepServerOwned(ObjectNode object, ObjectNode stored) {
        var metadata = Json.child(object, "metadata");
        for (var name : SERVER_OWNED) {
            var value = Json.at(stored, "metadata", name);
            if (value.isMissingNode()) {
                metadata.remove(name);
            } else {
                metadata.set(name, value);
            }
        }
    }

    /** Empty collections of typed metadata are not kept. */
    static void dropEmpty(ObjectNode object) {
        var metadata = Json.child(object, "metadata");
        Json.dropNulls(metadata);
        for (var name : List.of("labels", "annotations", "finalizers", "ownerReferences", "managedFields")) {
            if (metadata.has(name) && metadata.get(name).isEmpty()) {
                metadata.remove(name);
            }
        }
    }
}
