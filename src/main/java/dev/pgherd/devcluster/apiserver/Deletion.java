package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.DeleteOptions.Propagation;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ObjectKey;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import dev.pgherd.devcluster.apiserver.store.ObjectStore;
import java.time.Duration;

/** Deletes objects: at once, or marked so that finalizers, dependents or a running pod can go first. */
final class Deletion {

    static final String FOREGROUND = "foregroundDeletion";
    static final String ORPHAN = "orphan";

    private final ObjectStore store;
    private final ObjectWriter writer;
    private final Admission admission;
    private final Now now;

    Deletion(ObjectStore store, ObjectWriter writer, Admission admission, Now now) {
        this.store = store;
        this.writer = writer;
        this.admission = admission;
        this.now = now;
    }

    /** Deletes the object; the answer is its state while it is only marked, else the Status of success. */
    ObjectNode delete(ResourceType type, ObjectKey key, DeleteOptions options, WriteOptions.Warnings warnings) {
        if (type.is("namespaces") && key.name().equals("default")) {
            throw ApiProblem.undeletable(type, key.name());
        }
        return store.exclusively(() -> {
            var live = store.find(key).orElseThrow(() -> ApiProblem.notFound(type, key.name()));
            checkPreconditions(type, live, options);
            admission.admitDeletion(type, live, options.dryRun(), warnings);
            var marked = mark(type, live, options);
            if (options.dryRun()) {
                return success(type, live);
            }
            if (!marked.equals(live)) {
                writer.amend(type, key, ObjectMetadata.uid(live), same -> marked);
            }
            return store.find(key).orElseGet(() -> success(type, live));
        });
    }

    private ObjectNode mark(ResourceType type, ObjectNode live, DeleteOptions options) {
        var marked = live.deepCopy();
        addFinalizer(marked, options.propagation());
        var metadata = Json.child(marked, "metadata");
        var grace = gracePeriod(type, live, options);
        var sooner = grace < metadata.path("deletionGracePeriodSeconds").asLong(Long.MAX_VALUE);
        if (!ObjectMetadata.deleting(live)) {
            Generation.increment(marked);
        }
        if (!ObjectMetadata.deleting(live) || sooner) {
            metadata.put("deletionTimestamp", now.plus(Duration.ofSeconds(grace)));
            metadata.put("deletionGracePeriodSeconds", grace);
        }
        if (type.is("namespaces")) {
            Json.child(marked, "status").put("phase", "Terminating");
        }
        return marked;
    }

    private static void addFinalizer(ObjectNode object, Propagation propagation) {
        var finalizers = ObjectMetadata.finalizers(object);
        if (propagation == Propagation.FOREGROUND && !finalizers.contains(FOREGROUND)) {
            finalizers.add(FOREGROUND);
        } else if (propagation == Propagation.ORPHAN && !finalizers.contains(ORPHAN)) {
            finalizers.add(ORPHAN);
        }
        ObjectMetadata.setFinalizers(object, finalizers);
    }

    /** A pod on a node has time to stop; whoever runs it deletes it again with no grace. */
    private static long gracePeriod(ResourceType type, ObjectNode live, DeleteOptions options) {
        var phase = Json.text(live, "status", "phase");
        var runs = type.is("pods")
                && !Json.text(live, "spec", "nodeName").isEmpty()
                && !phase.equals("Succeeded")
                && !phase.equals("Failed");
        if (!runs) {
            return 0;
        }
        return options.gracePeriodSeconds()
                .orElse(Json.at(live, "spec", "terminationGracePeriodSeconds").asLong());
    }

    /** Whether a marked object can go. */
    static boolean nothingHolds(ResourceType type, JsonNode object) {
        return ObjectMetadata.finalizers(object).isEmpty()
                && Json.at(object, "metadata", "deletionGracePeriodSeconds").asLong() == 0
                && !(type.is("namespaces")
                        && !Json.at(object, "spec", "finalizers").isEmpty());
    }

    private static void checkPreconditions(ResourceType type, ObjectNode live, DeleteOptions options) {
        var uid = ObjectMetadata.uid(live);
        if (!options.uid().orElse(uid).equals(uid)) {
            throw precondition(type, live, "UID", options.uid().orElse(""), uid);
        }
        var version = Json.text(live, "metadata", "resourceVersion");
        if (!options.resourceVersion().orElse(version).equals(version)) {
            throw precondition(
                    type, live, "ResourceVersion", options.resourceVersion().orElse(""), version);
        }
    }

    private static ApiProblem precondition(
            ResourceType type, ObjectNode live, String what, String wanted, String actual) {
        return ApiProblem.conflict(
                type,
                ObjectMetadata.name(live),
                "Precondition failed: " + what + " in precondition: " + wanted + ", " + what + " in object meta: "
                        + actual);
    }

    private static ObjectNode success(ResourceType type, ObjectNode deleted) {
        var status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success");
        var details = status.putObject("details").put("name", ObjectMetadata.name(deleted));
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        details.put("kind", type.plural()).put("uid", ObjectMetadata.uid(deleted));
        return status;
    }
}
