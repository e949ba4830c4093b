package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ResourceCatalog;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import dev.pgherd.devcluster.apiserver.store.ObjectStore;
import java.util.Optional;

/** Completes and checks an object before it is stored: built-in defaults, or the rules of its definition. */
final class Admission {

    private final BuiltInDefaults defaults;
    private final CustomDefinitions definitions;
    private final CustomResources customResources = new CustomResources();

    Admission(ObjectStore store, ResourceCatalog catalog, Now now) {
        this.defaults = new BuiltInDefaults(new ServiceAddresses(store));
        this.definitions = new CustomDefinitions(catalog, now);
    }

    /** Makes ready what later writes of custom resources need. */
    void prepare(ResourceType type) {
        customResources.prepare(type);
    }

    void checkConfiguration(ResourceType type, ObjectNode configuration) {
        customResources.checkConfiguration(type, configuration);
    }

    void admit(ResourceType type, ObjectNode object, Optional<ObjectNode> stored, WriteOptions options) {
        object.put("apiVersion", type.groupVersion()).put("kind", type.kind());
        ObjectMetadata.dropEmpty(object);
        if (type.custom().isPresent()) {
            customResources.admit(type, object, stored, options);
            return;
        }
        Json.dropNulls(object);
        defaults.complete(type, object);
        if (type.is(CustomDefinitions.RESOURCE)) {
            definitions.complete(object);
        }
    }
}
