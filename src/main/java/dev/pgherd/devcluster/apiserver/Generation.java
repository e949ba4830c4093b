package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.admission.AdmissionPolicies;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import java.util.Set;

/** The generation counts changes of what is wanted, not of metadata or status. */
final class Generation {

    private static final Set<String> COUNTED = Set.of(
            "pods",
            "statefulsets.apps",
            "endpointslices.discovery.k8s.io",
            AdmissionPolicies.POLICIES,
            AdmissionPolicies.BINDINGS,
            CustomDefinitions.RESOURCE);

    private Generation() {}

    static boolean counted(ResourceType type) {
        return type.custom().isPresent() || COUNTED.contains(type.qualifiedName());
    }

    static void count(ResourceType type, ObjectNode before, ObjectNode after) {
        if (counted(type) && !wanted(type, before).equals(wanted(type, after))) {
            increment(after);
        }
    }

    static void increment(ObjectNode object) {
        var metadata = Json.child(object, "metadata");
        if (metadata.has("generation")) {
            metadata.put("generation", metadata.path("generation").asInt() + 1);
        }
    }

    private static ObjectNode wanted(ResourceType type, ObjectNode object) {
        var wanted = Json.object();
        wanted.setAll(object);
        wanted.remove("metadata");
        if (type.has("status")) {
            wanted.remove("status");
        }
        return wanted;
    }
}
