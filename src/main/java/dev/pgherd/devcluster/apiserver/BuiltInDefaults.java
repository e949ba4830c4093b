package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The defaults of built-in resources that clients and the parts of the cluster rely on. */
final class BuiltInDefaults {

    private final ServiceAddresses addresses;

    BuiltInDefaults(ServiceAddresses addresses) {
        this.addresses = addresses;
    }

    void complete(ResourceType type, ObjectNode object) {
        switch (type.qualifiedName()) {
            case "namespaces" -> namespace(object);
            case "pods" -> pod(object);
            case "services" -> service(object);
            case "secrets" -> secret(object);
            case "persistentvolumeclaims" -> claim(object);
            case "statefulsets.apps" -> statefulSet(object);
            default -> {}
        }
    }

    private static void namespace(ObjectNode object) {
        Json.child(Json.child(object, "metadata"), "labels")
                .put("kubernetes.io/metadata.name", ObjectMetadata.name(object));
        var spec = Json.child(object, "spec");
        if (!spec.has("finalizers") && !ObjectMetadata.deleting(object)) {
            spec.putArray("finalizers").add("kubernetes");
        }
        defaults(Json.child(object, "status"), "phase", "Active");
    }

    private static void pod(ObjectNode object) {
        podSpec(Json.child(object, "spec"));
        defaults(Json.child(object, "status"), "phase", "Pending");
    }

    private static void podSpec(ObjectNode spec) {
        defaults(spec, "restartPolicy", "Always");
        defaults(spec, "dnsPolicy", "ClusterFirst");
        defaults(spec, "schedulerName", "default-scheduler");
        if (!spec.has("terminationGracePeriodSeconds")) {
            spec.put("terminationGracePeriodSeconds", 30);
        }
        for (var list : new String[] {"initContainers", "containers"}) {
            for (var container : spec.path(list)) {
                container((ObjectNode) container);
            }
        }
    }

    private static void container(ObjectNode container) {
        ports(container.path("ports"));
        defaults(container, "terminationMessagePath", "/dev/termination-log");
        defaults(container, "terminationMessagePolicy", "File");
    }

    private static void ports(JsonNode ports) {
        for (var port : ports) {
            defaults((ObjectNode) port, "protocol", "TCP");
        }
    }

    private void service(ObjectNode object) {
        var spec = Json.child(object, "spec");
        defaults(spec, "type", "ClusterIP");
        defaults(spec, "sessionAffinity", "None");
        ports(spec.path("ports"));
        for (var port : spec.path("ports")) {
            if (!port.has("targetPort")) {
                ((ObjectNode) port).set("targetPort", port.path("port"));
            }
        }
        addresses.assign(object);
        Json.child(Json.child(object, "status"), "loadBalancer");
    }

    private static void secret(ObjectNode object) {
        defaults(object, "type", "Opaque");
        if (object.remove("stringData") instanceof ObjectNode plain) {
            var data = Json.child(object, "data");
            plain.properties().forEach(entry -> {
                var bytes = entry.getValue().asText().getBytes(StandardCharsets.UTF_8);
                data.put(entry.getKey(), Base64.getEncoder().encodeToString(bytes));
            });
        }
    }

    private static void claim(ObjectNode object) {
        defaults(Json.child(object, "spec"), "volumeMode", "Filesystem");
        defaults(Json.child(object, "status"), "phase", "Pending");
    }

    private static void statefulSet(ObjectNode object) {
        var spec = Json.child(object, "spec");
        if (!spec.has("replicas")) {
            spec.put("replicas", 1);
        }
        defaults(spec, "podManagementPolicy", "OrderedReady");
        if (!spec.has("revisionHistoryLimit")) {
            spec.put("revisionHistoryLimit", 10);
        }
        var strategy = Json.child(spec, "updateStrategy");
        if (!strategy.has("type")) {
            strategy.put("type", "RollingUpdate");
            Json.child(strategy, "rollingUpdate");
        }
        if (strategy.path("rollingUpdate") instanceof ObjectNode rolling && !rolling.has("partition")) {
            rolling.put("partition", 0);
        }
        podSpec(Json.child(Json.child(spec, "template"), "spec"));
        var status = Json.child(object, "status");
        for (var count : new String[] {"replicas", "availableReplicas"}) {
            if (!status.has(count)) {
                status.put(count, 0);
            }
        }
    }

    private static void defaults(ObjectNode object, String name, String value) {
        if (!object.has(name)) {
            object.put(name, value);
        }
    }
}
