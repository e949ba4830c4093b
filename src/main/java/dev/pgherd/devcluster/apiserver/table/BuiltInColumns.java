package dev.pgherd.devcluster.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The columns of built-in resources. */
final class BuiltInColumns {

    private static final String NONE = "<none>";

    private BuiltInColumns() {}

    static List<Column> of(ResourceType type, Ages ages) {
        return switch (type.qualifiedName()) {
            case "pods" -> PodColumns.all(ages);
            case "services" -> services(ages);
            case "secrets" ->
                List.of(Column.objectName(), field("Type", "type"), count("Data", "data"), Column.age(ages));
            case "configmaps" -> List.of(Column.objectName(), count("Data", "data", "binaryData"), Column.age(ages));
            case "namespaces" -> List.of(Column.objectName(), field("Status", "status", "phase"), Column.age(ages));
            case "events" -> events(ages);
            case "persistentvolumeclaims" -> claims(ages);
            case "statefulsets.apps" -> statefulSets(ages);
            case "validatingadmissionpolicies.admissionregistration.k8s.io" ->
                List.of(
                        Column.objectName(),
                        Column.text(
                                "Validations",
                                policy -> String.valueOf(
                                        Json.at(policy, "spec", "validations").size())),
                        Column.text("ParamKind", policy -> "<unset>"),
                        Column.age(ages));
            case "validatingadmissionpolicybindings.admissionregistration.k8s.io" ->
                List.of(
                        Column.objectName(),
                        field("PolicyName", "spec", "policyName"),
                        Column.text("ParamRef", binding -> "<unset>"),
                        Column.age(ages));
            case "customresourcedefinitions.apiextensions.k8s.io" ->
                List.of(Column.objectName(), field("Created At", "metadata", "creationTimestamp"));
            default -> List.of(Column.objectName(), Column.age(ages));
        };
    }

    private static List<Column> services(Ages ages) {
        return List.of(
                Column.objectName(),
                field("Type", "spec", "type"),
                Column.text("Cluster-IP", service -> or(NONE, Json.text(service, "spec", "clusterIP"))),
                Column.text("External-IP", service -> NONE),
                Column.text("Port(s)", BuiltInColumns::ports),
                Column.age(ages),
                Column.wide("Selector", service -> labels(Json.at(service, "spec", "selector"))));
    }

    private static String ports(ObjectNode service) {
        var ports = join(
                Json.at(service, "spec", "ports"),
                port -> port.path("port").asText() + "/" + port.path("protocol").asText("TCP"));
        return or(NONE, ports);
    }

    private static List<Column> events(Ages ages) {
        return List.of(
                Column.text("Last Seen", event -> ages.since(lastSeen(event))),
                field("Type", "type"),
                field("Reason", "reason"),
                Column.text("Object", BuiltInColumns::involved),
                wideField("Subobject", "involvedObject", "fieldPath"),
                Column.wide("Source", BuiltInColumns::source),
                Column.text("Message", event -> Json.text(event, "message").strip()),
                Column.wide("First Seen", event -> ages.since(firstSeen(event))),
                Column.wide("Count", event -> event.path("count").asText("1")),
                new Column("Name", "string", "name", 1, event -> Json.at(event, "metadata", "name")));
    }

    private static String involved(ObjectNode event) {
        var object = event.path("involvedObject");
        return Json.text(object, "kind").toLowerCase(java.util.Locale.ROOT) + "/" + Json.text(object, "name");
    }

    private static String source(ObjectNode event) {
        var component = or(Json.text(event, "reportingComponent"), Json.text(event, "source", "component"));
        var host = Json.text(event, "source", "host");
        return host.isEmpty() ? component : component + ", " + host;
    }

    private static String lastSeen(ObjectNode event) {
        var series = Json.text(event, "series", "lastObservedTime");
        return or(firstSeen(event), or(Json.text(event, "lastTimestamp"), series));
    }

    private static String firstSeen(ObjectNode event) {
        return or(Json.text(event, "eventTime"), Json.text(event, "firstTimestamp"));
    }

    private static List<Column> claims(Ages ages) {
        return List.of(
                Column.objectName(),
                Column.text("Status", BuiltInColumns::phase),
                field("Volume", "spec", "volumeName"),
                field("Capacity", "status", "capacity", "storage"),
                Column.text("Access Modes", claim -> modes(Json.at(claim, "status", "accessModes"))),
                field("StorageClass", "spec", "storageClassName"),
                Column.text("VolumeAttributesClass", claim -> "<unset>"),
                Column.age(ages),
                wideField("VolumeMode", "spec", "volumeMode"));
    }

    private static String phase(ObjectNode object) {
        return object.path("metadata").has("deletionTimestamp") ? "Terminating" : Json.text(object, "status", "phase");
    }

    private static String modes(JsonNode modes) {
        return join(
                modes,
                mode -> mode.asText()
                        .replaceAll("[a-z]", "")
                        .replace("ROM", "ROX")
                        .replace("RWM", "RWX"));
    }

    private static List<Column> statefulSets(Ages ages) {
        return List.of(
                Column.objectName(),
                Column.text(
                        "Ready",
                        set -> Json.at(set, "status", "readyReplicas").asInt() + "/"
                                + Json.at(set, "spec", "replicas").asInt()),
                Column.age(ages),
                Column.wide("Containers", set -> containers(set, "name")),
                Column.wide("Images", set -> containers(set, "image")));
    }

    private static String containers(ObjectNode set, String field) {
        return join(Json.at(set, "spec", "template", "spec", "containers"), container -> Json.text(container, field));
    }

    private static Column field(String name, String... path) {
        return Column.text(name, object -> Json.text(object, path));
    }

    private static Column wideField(String name, String... path) {
        return Column.wide(name, object -> Json.text(object, path));
    }

    private static Column count(String name, String... fields) {
        return new Column(name, "string", "", 0, object -> {
            var count = 0;
            for (var field : fields) {
                count += object.path(field).size();
            }
            return IntNode.valueOf(count);
        });
    }

    private static String labels(JsonNode labels) {
        var text = labels.properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .sorted()
                .collect(Collectors.joining(","));
        return or(NONE, text);
    }

    private static String join(JsonNode array, java.util.function.Function<JsonNode, String> text) {
        return StreamSupport.stream(array.spliterator(), false).map(text).collect(Collectors.joining(","));
    }

    private static String or(String otherwise, String text) {
        return text.isEmpty() ? otherwise : text;
    }
}
