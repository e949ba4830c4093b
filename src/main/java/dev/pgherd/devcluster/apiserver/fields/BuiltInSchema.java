package dev.pgherd.devcluster.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The schema of built-in types and of metadata, told from the names of fields alone. */
record BuiltInSchema(String kind, String parent, String field) implements FieldSchema {

    private static final Map<String, List<String>> KEYED = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("ephemeralContainers", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("secrets", List.of("name")),
            Map.entry("schedulingGates", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("podIPs", List.of("ip")),
            Map.entry("hostIPs", List.of("ip")),
            Map.entry("conditions", List.of("type")),
            Map.entry("ownerReferences", List.of("uid")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")));
    private static final Set<String> ATOMIC_OBJECTS = Set.of(
            "selector",
            "labelSelector",
            "nodeSelector",
            "secretKeyRef",
            "configMapKeyRef",
            "fieldRef",
            "resourceFieldRef",
            "secretRef",
            "dataSource",
            "targetRef",
            "involvedObject",
            "claimRef");
    private static final Set<String> MAPS = Set.of("labels", "annotations", "data", "stringData", "binaryData");
    private static final Set<String> QUANTITIES = Set.of("requests", "limits", "capacity", "hard", "used");

    static BuiltInSchema root(String kind) {
        return new BuiltInSchema(kind, "", "");
    }

    @Override
    public FieldSchema member(String name) {
        return new BuiltInSchema(kind, field, name);
    }

    @Override
    public FieldSchema item() {
        return new BuiltInSchema(kind, field, "");
    }

    @Override
    public boolean atomicObject() {
        return ATOMIC_OBJECTS.contains(field) && !isMapEntry();
    }

    @Override
    public ListMerge listMerge() {
        if (field.equals("finalizers") && parent.equals("metadata")) {
            return ListMerge.SET;
        }
        return keys().isEmpty() ? ListMerge.ATOMIC : ListMerge.KEYED;
    }

    @Override
    public List<String> keys() {
        if (isMapEntry()) {
            return List.of();
        }
        if (field.equals("ports")) {
            return portKeys();
        }
        return KEYED.getOrDefault(field, List.of());
    }

    private List<String> portKeys() {
        if (kind.equals("Endpoints") || kind.equals("EndpointSlice")) {
            return List.of();
        }
        return List.of(kind.equals("Service") ? "port" : "containerPort", "protocol");
    }

    @Override
    public Map<String, JsonNode> keyDefaults() {
        return field.equals("ports") ? Map.of("protocol", TextNode.valueOf("TCP")) : Map.of();
    }

    @Override
    public boolean isEntry(String name) {
        return MAPS.contains(field) || QUANTITIES.contains(field);
    }

    private boolean isMapEntry() {
        return MAPS.contains(parent);
    }
}
