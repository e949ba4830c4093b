package dev.pgherd.devcluster.apiserver.resource;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The resources that are there without a CustomResourceDefinition. */
final class BuiltInResources {

    private static final List<String> NONE = List.of();
    private static final List<String> STATUS = List.of("status");
    private static final List<String> ALL = List.of("all");

    private BuiltInResources() {}

    static List<ResourceType> all() {
        return List.of(
                clusterWide("", "namespaces", "Namespace", List.of("ns"), STATUS),
                clusterWide("", "nodes", "Node", List.of("no"), STATUS),
                clusterWide("", "persistentvolumes", "PersistentVolume", List.of("pv"), STATUS),
                namespaced("", "pods", "Pod", List.of("po"), ALL, List.of("status", "log")),
                namespaced("", "services", "Service", List.of("svc"), ALL, STATUS),
                namespaced("", "endpoints", "Endpoints", List.of("ep"), NONE, NONE),
                namespaced("", "secrets", "Secret", NONE, NONE, NONE),
                namespaced("", "configmaps", "ConfigMap", List.of("cm"), NONE, NONE),
                namespaced("", "events", "Event", List.of("ev"), NONE, NONE),
                namespaced("", "persistentvolumeclaims", "PersistentVolumeClaim", List.of("pvc"), NONE, STATUS),
                namespaced("", "serviceaccounts", "ServiceAccount", List.of("sa"), NONE, NONE),
                namespaced("", "resourcequotas", "ResourceQuota", List.of("quota"), NONE, STATUS),
                namespaced("", "limitranges", "LimitRange", List.of("limits"), NONE, NONE),
                namespaced("apps", "statefulsets", "StatefulSet", List.of("sts"), ALL, STATUS),
                namespaced("apps", "controllerrevisions", "ControllerRevision", NONE, NONE, NONE),
                namespaced("coordination.k8s.io", "leases", "Lease", NONE, NONE, NONE),
                namespaced("discovery.k8s.io", "endpointslices", "EndpointSlice", NONE, NONE, NONE),
                clusterWide(
                        "admissionregistration.k8s.io",
                        "validatingadmissionpolicies",
                        "ValidatingAdmissionPolicy",
                        NONE,
                        STATUS),
                clusterWide(
                        "admissionregistration.k8s.io",
                        "validatingadmissionpolicybindings",
                        "ValidatingAdmissionPolicyBinding",
                        NONE,
                        NONE),
                clusterWide("storage.k8s.io", "storageclasses", "StorageClass", List.of("sc"), NONE),
                clusterWide(
                        "apiextensions.k8s.io",
                        "customresourcedefinitions",
                        "CustomResourceDefinition",
                        List.of("crd", "crds"),
                        STATUS));
    }

    private static ResourceType namespaced(
            String group,
            String plural,
            String kind,
            List<String> shortNames,
            List<String> categories,
            List<String> subresources) {
        return type(group, plural, kind, shortNames, categories, true, subresources);
    }

    private static ResourceType clusterWide(
            String group, String plural, String kind, List<String> shortNames, List<String> subresources) {
        return type(group, plural, kind, shortNames, NONE, false, subresources);
    }

    private static ResourceType type(
            String group,
            String plural,
            String kind,
            List<String> shortNames,
            List<String> categories,
            boolean namespaced,
            List<String> subresources) {
        var singular = kind.toLowerCase(Locale.ROOT);
        return new ResourceType(
                group,
                "v1",
                plural,
                singular,
                kind,
                shortNames,
                categories,
                namespaced,
                subresources,
                Optional.empty());
    }
}
