package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.fields.FieldOwnership;
import dev.pgherd.devcluster.apiserver.fields.Patch;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ObjectKey;
import dev.pgherd.devcluster.apiserver.resource.ResourceCatalog;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import dev.pgherd.devcluster.apiserver.store.ObjectStore;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Creates and changes objects, each write as a whole or not at all. */
final class ObjectWriter {

    private final ObjectStore store;
    private final ResourceCatalog catalog;
    private final Admission admission;
    private final Now now;

    ObjectWriter(ObjectStore store, ResourceCatalog catalog, Admission admission, Now now) {
        this.store = store;
        this.catalog = catalog;
        this.admission = admission;
        this.now = now;
    }

    /** A written object and whether it was created. */
    record Written(ObjectNode object, boolean created) {}

    ObjectNode create(ResourceType type, String namespace, ObjectNode body, WriteOptions options) {
        var object = body.deepCopy();
        new WriteChecks(store).prepareNew(type, namespace, object);
        return store.exclusively(() -> {
            new WriteChecks(store).requireNamespace(type, namespace);
            var key = ObjectMetadata.key(type, object);
            if (store.find(key).isPresent()) {
                throw ApiProblem.alreadyExists(type, key.name());
            }
            stamp(type, object);
            admission.admit(type, object, Optional.empty(), options);
            new FieldOwnership(type).update(Json.object(), object, options.manager(), now.text());
            return store(type, key, object, options);
        });
    }

    private void stamp(ResourceType type, ObjectNode object) {
        if (type.has("status")) {
            object.remove("status");
        }
        var metadata = Json.child(object, "metadata");
        ObjectMetadata.keepServerOwned(object, Json.object());
        metadata.put("uid", UUID.randomUUID().toString()).put("creationTimestamp", now.text());
        if (Generation.counted(type)) {
            metadata.put("generation", 1);
        }
    }

    ObjectNode update(ResourceType type, ObjectKey key, ObjectNode body, WriteOptions options) {
        return store.exclusively(() -> {
            var live = existing(type, key);
            var object = body.deepCopy();
            WriteChecks.checkUpdate(type, key, object, live);
            return replace(type, key, live, object, options);
        });
    }

    ObjectNode patch(ResourceType type, ObjectKey key, Patch kind, JsonNode patch, WriteOptions options) {
        return store.exclusively(() -> {
            var live = existing(type, key);
            var object = kind.applyTo(live, patch, type);
            WriteChecks.checkUpdate(type, key, object, live);
            return replace(type, key, live, object, options);
        });
    }

    /** Server-side apply, which creates what is not there. */
    Written apply(ResourceType type, ObjectKey key, ObjectNode configuration, WriteOptions options) {
        WriteChecks.checkApplied(type, key, configuration);
        admission.checkConfiguration(type, configuration);
        return store.exclusively(() -> {
            var found = store.find(key);
            if (found.isEmpty()) {
                if (!options.subresource().isEmpty()) {
                    throw ApiProblem.notFound(type, key.name());
                }
                WriteChecks.checkNoUid(type, key, configuration);
                return new Written(createApplied(type, key, configuration, options), true);
            }
            var live = found.get();
            WriteChecks.checkUpdate(type, key, configuration, live);
            var applied = endpointPart(type, configuration, options);
            var merged = new FieldOwnership(type).apply(live, applied, options.manager(), options.force(), now.text());
            return new Written(replace(type, key, live, merged, options), false);
        });
    }

    private ObjectNode createApplied(ResourceType type, ObjectKey key, ObjectNode configuration, WriteOptions options) {
        new WriteChecks(store).requireNamespace(type, key.namespace());
        var object = endpointPart(type, configuration, options);
        var empty = Json.object();
        var applied = new FieldOwnership(type).apply(empty, object, options.manager(), true, now.text());
        var managed = Json.array().addAll(Json.items(Json.at(applied, "metadata", "managedFields")));
        stamp(type, applied);
        Json.child(applied, "metadata").set("managedFields", managed);
        admission.admit(type, applied, Optional.empty(), options);
        return store(type, key, applied, options);
    }

    /** The part of the configuration that this endpoint writes. */
    private static ObjectNode endpointPart(ResourceType type, ObjectNode configuration, WriteOptions options) {
        var part = configuration.deepCopy();
        Json.child(part, "metadata").remove("managedFields");
        Json.child(part, "metadata").remove("resourceVersion");
        if (options.subresource().isEmpty() && type.has("status")) {
            part.remove("status");
        } else if (options.subresource().equals("status")) {
            part.retain("apiVersion", "kind", "metadata", "status");
            Json.child(part, "metadata").retain("name", "namespace");
        }
        Json.dropNulls(part);
        return part;
    }

    private ObjectNode replace(
            ResourceType type, ObjectKey key, ObjectNode live, ObjectNode object, WriteOptions options) {
        var managed = Json.array().addAll(Json.items(Json.at(object, "metadata", "managedFields")));
        ObjectMetadata.keepServerOwned(object, live);
        var scoped = Endpoints.scoped(type, options.subresource(), live, object);
        admission.admit(type, scoped, Optional.of(live), options);
        Generation.count(type, live, scoped);
        if (options.apply()) {
            Json.child(scoped, "metadata").set("managedFields", managed);
            ObjectMetadata.dropEmpty(scoped);
        } else {
            new FieldOwnership(type).update(live, scoped, options.manager(), now.text());
        }
        return scoped.equals(live) ? live : store(type, key, scoped, options);
    }

    /** A change by the server itself, which knows no managers. */
    void amend(ResourceType type, ObjectKey key, String uid, UnaryOperator<ObjectNode> change) {
        store.exclusively(() -> store.find(key)
                .filter(live -> ObjectMetadata.uid(live).equals(uid))
                .map(live -> settle(type, key, change.apply(live.deepCopy()))));
    }

    /** Compiles the rules of a definition's resources ahead of their first write. */
    void prepareRules(String definition) {
        catalog.all().stream().filter(type -> type.is(definition)).forEach(admission::prepare);
    }

    private ObjectNode existing(ResourceType type, ObjectKey key) {
        return store.find(key).orElseThrow(() -> ApiProblem.notFound(type, key.name()));
    }

    private ObjectNode store(ResourceType type, ObjectKey key, ObjectNode object, WriteOptions options) {
        return options.dryRun() ? object : settle(type, key, object);
    }

    /** Stores the object, or removes it when the last thing that held it back is gone. */
    private ObjectNode settle(ResourceType type, ObjectKey key, ObjectNode object) {
        var definition = type.is(CustomDefinitions.RESOURCE);
        if (ObjectMetadata.deleting(object) && Deletion.nothingHolds(type, object)) {
            if (definition) {
                catalog.undefine(key.name());
            }
            return store.remove(key, object);
        }
        if (definition) {
            catalog.define(object);
            prepareRules(key.name());
        }
        return store.put(key, object);
    }
}
