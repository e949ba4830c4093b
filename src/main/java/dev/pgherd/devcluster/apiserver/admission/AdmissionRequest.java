package dev.pgherd.devcluster.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import java.util.Optional;

/**
 * What is about to happen to an object.
 *
 * @param subresource empty for the object itself
 * @param object as it is to be; empty for a deletion
 * @param oldObject as it is; empty for a creation
 */
public record AdmissionRequest(
        ResourceType type,
        String subresource,
        Operation operation,
        Optional<ObjectNode> object,
        Optional<ObjectNode> oldObject,
        boolean dryRun) {

    /** What is done. */
    public enum Operation {
        CREATE,
        UPDATE,
        DELETE
    }

    /** A creation where nothing is stored yet, else an update. */
    public static AdmissionRequest write(
            ResourceType type, String subresource, ObjectNode object, Optional<ObjectNode> stored, boolean dryRun) {
        var operation = stored.isPresent() ? Operation.UPDATE : Operation.CREATE;
        return new AdmissionRequest(type, subresource, operation, Optional.of(object), stored, dryRun);
    }

    public static AdmissionRequest deletion(ResourceType type, ObjectNode stored, boolean dryRun) {
        return new AdmissionRequest(type, "", Operation.DELETE, Optional.empty(), Optional.of(stored), dryRun);
    }

    String name() {
        return Json.text(either(), "metadata", "name");
    }

    /** Empty for what is in none; a namespace is in itself. */
    String namespace() {
        return type.is("namespaces") ? name() : Json.text(either(), "metadata", "namespace");
    }

    private ObjectNode either() {
        return object.or(() -> oldObject).orElseGet(Json::object);
    }

    /** The request as expressions see it; this server knows one user, who may do everything. */
    ObjectNode view() {
        var view = Json.object()
                .put("name", name())
                .put("namespace", namespace())
                .put("operation", operation.name())
                .put("subResource", subresource)
                .put("dryRun", dryRun);
        view.putObject("kind")
                .put("group", type.group())
                .put("version", type.version())
                .put("kind", type.kind());
        view.putObject("resource")
                .put("group", type.group())
                .put("version", type.version())
                .put("resource", type.plural());
        view.putObject("userInfo")
                .put("username", "pgherd-dev")
                .putArray("groups")
                .add("system:masters")
                .add("system:authenticated");
        return view;
    }
}
