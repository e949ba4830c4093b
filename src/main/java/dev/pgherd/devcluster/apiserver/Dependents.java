package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ObjectKey;
import dev.pgherd.devcluster.apiserver.resource.ResourceCatalog;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import dev.pgherd.devcluster.apiserver.store.ObjectStore;
import java.util.List;
import java.util.Optional;

/** Who owns whom, looked up in the store as it is now. */
final class Dependents {

    private final ObjectStore store;
    private final ResourceCatalog catalog;

    Dependents(ObjectStore store, ResourceCatalog catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    /** What became of an owner that a reference names. */
    enum OwnerState {
        PRESENT,
        DELETING_IN_FOREGROUND,
        ABSENT,
        UNKNOWN
    }

    OwnerState state(ObjectNode dependent, JsonNode reference) {
        var type = type(Json.text(reference, "apiVersion"), Json.text(reference, "kind"));
        if (type.isEmpty()) {
            return OwnerState.UNKNOWN;
        }
        var namespace = type.get().namespaced() ? ObjectMetadata.namespace(dependent) : "";
        var key = new ObjectKey(type.get().qualifiedName(), namespace, Json.text(reference, "name"));
        var owner = store.find(key).filter(found -> ObjectMetadata.uid(found).equals(Json.text(reference, "uid")));
        if (owner.isEmpty()) {
            return OwnerState.ABSENT;
        }
        return ObjectMetadata.deleting(owner.get()) && ObjectMetadata.hasFinalizer(owner.get(), Deletion.FOREGROUND)
                ? OwnerState.DELETING_IN_FOREGROUND
                : OwnerState.PRESENT;
    }

    List<ObjectNode> of(String uid) {
        return store.everything().stream()
                .filter(object -> ObjectMetadata.ownedBy(object, uid))
                .toList();
    }

    Optional<ResourceType> typeOf(JsonNode object) {
        return type(Json.text(object, "apiVersion"), Json.text(object, "kind"));
    }

    private Optional<ResourceType> type(String apiVersion, String kind) {
        return catalog.all().stream()
                .filter(type ->
                        type.groupVersion().equals(apiVersion) && type.kind().equals(kind))
                .findFirst();
    }
}
