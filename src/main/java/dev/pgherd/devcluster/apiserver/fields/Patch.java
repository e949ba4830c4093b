package dev.pgherd.devcluster.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem.Cause;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.List;

/** The patch types that say what to change: JSON patch, merge patch and strategic merge patch. */
public enum Patch {
    JSON {
        @Override
        public ObjectNode applyTo(ObjectNode target, JsonNode patch, ResourceType type) {
            if (!patch.isArray()) {
                throw ApiProblem.badRequest("a JSON patch is a list of operations");
            }
            try {
                if (JsonPatch.apply(patch, target.deepCopy()) instanceof ObjectNode patched) {
                    return patched;
                }
            } catch (JsonPatchException e) {
                var name = Json.text(target, "metadata", "name");
                throw ApiProblem.invalid(type, name, List.of(new Cause("FieldValueInvalid", text(e), "patch")));
            }
            throw ApiProblem.badRequest("the patch leaves no object");
        }
    },
    MERGE {
        @Override
        public ObjectNode applyTo(ObjectNode target, JsonNode patch, ResourceType type) {
            return merge(target, object(patch));
        }
    },
    STRATEGIC {
        @Override
        public ObjectNode applyTo(ObjectNode target, JsonNode patch, ResourceType type) {
            if (type.custom().isPresent()) {
                throw ApiProblem.unsupportedMediaType(
                        "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml");
            }
            return StrategicMerge.patch(target, object(patch), FieldOwnership.schemaOf(type));
        }
    };

    /** The patched object; the target stays as it is. */
    public abstract ObjectNode applyTo(ObjectNode target, JsonNode patch, ResourceType type);

    private static String text(RuntimeException e) {
        return "Invalid value: the patch cannot be applied: " + e.getMessage();
    }

    private static ObjectNode object(JsonNode patch) {
        if (patch instanceof ObjectNode object) {
            return object;
        }
        throw ApiProblem.badRequest("the patch is no object");
    }

    private static ObjectNode merge(ObjectNode target, ObjectNode patch) {
        var patched = target.deepCopy();
        patch.properties().forEach(member -> {
            var name = member.getKey();
            if (member.getValue().isNull()) {
                patched.remove(name);
            } else if (member.getValue() instanceof ObjectNode below) {
                patched.set(name, merge(patched.get(name) instanceof ObjectNode old ? old : Json.object(), below));
            } else {
                patched.set(name, member.getValue());
            }
        });
        return patched;
    }
}
