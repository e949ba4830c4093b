package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.WriteOptions.Warnings;
import dev.pgherd.devcluster.apiserver.admission.AdmissionPolicies;
import dev.pgherd.devcluster.apiserver.admission.AdmissionRequest;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ResourceCatalog;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import dev.pgherd.devcluster.apiserver.store.ObjectStore;
import java.util.Optional;

/** Completes and checks an object before it is stored: by defaults, the rules of its kind, policies and quotas. */
final class Admission {

    private final BuiltInDefaults defaults;
    private final CustomDefinitions definitions;
    private final CustomResources customResources = new CustomResources();
    private final AdmissionPolicies policies;
    private final QuotaCheck quotas;

    Admission(ObjectStore store, ResourceCatalog catalog, Now now) {
        this.defaults = new BuiltInDefaults(new ServiceAddresses(store));
        this.definitions = new CustomDefinitions(catalog, now);
        this.policies = new AdmissionPolicies(store);
        this.quotas = new QuotaCheck(store);
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
        } else {
            completeBuiltIn(type, object);
        }
        policies.check(
                AdmissionRequest.write(type, options.subresource(), object, stored, options.dryRun()),
                options.warnings()::add);
        if (stored.isEmpty()) {
            quotas.check(type, object);
        }
    }

    /** Whether the object may be deleted. */
    void admitDeletion(ResourceType type, ObjectNode stored, boolean dryRun, Warnings warnings) {
        policies.check(AdmissionRequest.deletion(type, stored, dryRun), warnings::add);
    }

    private void completeBuiltIn(ResourceType type, ObjectNode object) {
        Json.dropNulls(object);
        defaults.complete(type, object);
        BuiltInRules.check(type, object);
        if (type.is(CustomDefinitions.RESOURCE)) {
            definitions.complete(object);
        } else if (type.is(AdmissionPolicies.POLICIES)) {
            policies.prepare(type, object);
        }
    }
}
