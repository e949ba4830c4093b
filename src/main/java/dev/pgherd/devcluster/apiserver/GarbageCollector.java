package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.Dependents.OwnerState;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ObjectKey;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import dev.pgherd.devcluster.apiserver.store.ObjectStore;
import dev.pgherd.devcluster.apiserver.store.StoreEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Removes what its owners, its namespace or its definition leave behind; told by each event what to look at. */
final class GarbageCollector {

    private final ObjectStore store;
    private final ObjectWriter writer;
    private final Deletion deletion;
    private final Dependents dependents;

    GarbageCollector(ObjectStore store, ObjectWriter writer, Deletion deletion, Dependents dependents) {
        this.store = store;
        this.writer = writer;
        this.deletion = deletion;
        this.dependents = dependents;
    }

    /** Looks at everything, as after a start. */
    void sweep() {
        store.everything().forEach(this::inspect);
    }

    void handle(StoreEvent event) {
        if (event.type() != StoreEvent.Type.DELETED) {
            inspect(event.object());
            return;
        }
        dependents.of(ObjectMetadata.uid(event.object())).forEach(this::collect);
        revisitParents(event.object());
    }

    private void inspect(ObjectNode object) {
        collect(object);
        if (!ObjectMetadata.deleting(object)) {
            if (inGoingNamespace(object)) {
                delete(object);
            }
            return;
        }
        if (ObjectMetadata.hasFinalizer(object, Deletion.ORPHAN)) {
            orphan(object);
        }
        if (ObjectMetadata.hasFinalizer(object, Deletion.FOREGROUND)) {
            deleteDependentsFirst(object);
        }
        deleteContent(object);
    }

    private boolean inGoingNamespace(ObjectNode object) {
        return store.find(new ObjectKey("namespaces", "", ObjectMetadata.namespace(object)))
                .map(ObjectMetadata::deleting)
                .orElse(false);
    }

    /** A deleted object may have been the last that held its owner, namespace or definition. */
    private void revisitParents(ObjectNode deleted) {
        var owners = uids(ObjectMetadata.owners(deleted));
        for (var object : store.everything()) {
            if (ObjectMetadata.deleting(object)
                    && (owners.contains(ObjectMetadata.uid(object)) || hasContent(object, deleted))) {
                inspect(object);
            }
        }
    }

    private static Set<String> uids(JsonNode owners) {
        var uids = new HashSet<String>();
        owners.forEach(owner -> uids.add(Json.text(owner, "uid")));
        return uids;
    }

    private void collect(ObjectNode object) {
        var owners = ObjectMetadata.owners(object);
        if (owners.isEmpty()) {
            return;
        }
        var absent = new ArrayList<String>();
        var waiting = 0;
        for (var owner : owners) {
            var state = dependents.state(object, owner);
            if (state == OwnerState.ABSENT) {
                absent.add(Json.text(owner, "uid"));
            } else if (state == OwnerState.DELETING_IN_FOREGROUND) {
                waiting++;
            }
        }
        if (absent.size() + waiting == owners.size()) {
            delete(object);
        } else if (!absent.isEmpty()) {
            disown(object, absent);
        }
    }

    private void disown(ObjectNode object, List<String> owners) {
        amend(object, live -> owners.forEach(owner -> ObjectMetadata.removeOwner(live, owner)));
    }

    private void orphan(ObjectNode owner) {
        var uid = ObjectMetadata.uid(owner);
        dependents.of(uid).forEach(dependent -> disown(dependent, List.of(uid)));
        removeFinalizer(owner, Deletion.ORPHAN);
    }

    private void deleteDependentsFirst(ObjectNode owner) {
        var uid = ObjectMetadata.uid(owner);
        var found = dependents.of(uid);
        found.forEach(this::collect);
        var blocked = dependents.of(uid).stream().anyMatch(dependent -> blocks(dependent, uid));
        if (!blocked) {
            removeFinalizer(owner, Deletion.FOREGROUND);
        }
    }

    private static boolean blocks(ObjectNode dependent, String uid) {
        for (var owner : ObjectMetadata.owners(dependent)) {
            if (Json.text(owner, "uid").equals(uid)) {
                return owner.path("blockOwnerDeletion").asBoolean();
            }
        }
        return false;
    }

    private void deleteContent(ObjectNode parent) {
        var type = dependents.typeOf(parent);
        if (type.isEmpty() || !isParent(type.get())) {
            return;
        }
        store.everything().stream().filter(object -> hasContent(parent, object)).forEach(this::delete);
        if (store.everything().stream().noneMatch(object -> hasContent(parent, object))) {
            amend(parent, live -> {
                var finalizers = ObjectMetadata.finalizers(live);
                finalizers.remove(CustomDefinitions.CLEANUP);
                ObjectMetadata.setFinalizers(live, finalizers);
                if (type.get().is("namespaces")) {
                    Json.child(live, "spec").putArray("finalizers");
                }
            });
        }
    }

    private static boolean isParent(ResourceType type) {
        return type.is("namespaces") || type.is(CustomDefinitions.RESOURCE);
    }

    private static boolean hasContent(ObjectNode parent, ObjectNode object) {
        var kind = Json.text(parent, "kind");
        if (kind.equals("Namespace")) {
            return ObjectMetadata.namespace(object).equals(ObjectMetadata.name(parent));
        }
        var spec = parent.path("spec");
        return kind.equals("CustomResourceDefinition")
                && Json.text(object, "kind").equals(Json.text(spec, "names", "kind"))
                && Json.text(object, "apiVersion").startsWith(Json.text(spec, "group") + "/");
    }

    private void removeFinalizer(ObjectNode object, String finalizer) {
        amend(object, live -> {
            var finalizers = ObjectMetadata.finalizers(live);
            finalizers.remove(finalizer);
            ObjectMetadata.setFinalizers(live, finalizers);
        });
    }

    private void amend(ObjectNode object, java.util.function.Consumer<ObjectNode> change) {
        dependents
                .typeOf(object)
                .ifPresent(type ->
                        writer.amend(type, ObjectMetadata.key(type, object), ObjectMetadata.uid(object), live -> {
                            change.accept(live);
                            return live;
                        }));
    }

    private void delete(ObjectNode object) {
        if (ObjectMetadata.deleting(object)) {
            return;
        }
        var uid = ObjectMetadata.uid(object);
        dependents.typeOf(object).ifPresent(type -> {
            try {
                deletion.delete(
                        type,
                        ObjectMetadata.key(type, object),
                        DeleteOptions.background().of(uid),
                        warning -> {});
            } catch (ApiProblem left) {
                // somebody else deleted or replaced it meanwhile, which is what was wanted; what a policy protects
                // comes here again when it is changed
            }
        });
    }
}
