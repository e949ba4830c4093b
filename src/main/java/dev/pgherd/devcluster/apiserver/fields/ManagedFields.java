package dev.pgherd.devcluster.apiserver.fields;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The managed fields of an object: each manager's set and when it last changed. */
final class ManagedFields {

    private final Map<Manager, Owned> managers = new LinkedHashMap<>();

    private record Owned(FieldSet fields, String time) {}

    static ManagedFields of(ObjectNode object) {
        var managed = new ManagedFields();
        for (var entry : Json.at(object, "metadata", "managedFields")) {
            var manager = new Manager(
                    Json.text(entry, "manager"),
                    Json.text(entry, "operation"),
                    Json.text(entry, "apiVersion"),
                    Json.text(entry, "subresource"));
            managed.managers.put(manager, new Owned(FieldSet.parse(entry.path("fieldsV1")), Json.text(entry, "time")));
        }
        return managed;
    }

    FieldSet of(Manager manager) {
        return Optional.ofNullable(managers.get(manager)).map(Owned::fields).orElse(FieldSet.empty());
    }

    /** The fields of every manager but this one. */
    Map<Manager, FieldSet> others(Manager manager) {
        var others = new LinkedHashMap<Manager, FieldSet>();
        managers.forEach((each, owned) -> {
            if (!each.equals(manager)) {
                others.put(each, owned.fields());
            }
        });
        return others;
    }

    void set(Manager manager, FieldSet fields, boolean touched, String now) {
        var owned = managers.get(manager);
        if (fields.isEmpty()) {
            managers.remove(manager);
        } else if (owned == null || touched || !owned.fields().equals(fields)) {
            managers.put(manager, new Owned(fields, now));
        }
    }

    void takeFromOthers(Manager manager, FieldSet taken) {
        others(manager).forEach((other, fields) -> {
            var left = fields.minus(taken);
            if (left.isEmpty()) {
                managers.remove(other);
            } else if (!left.equals(fields)) {
                managers.computeIfPresent(other, (same, owned) -> new Owned(left, owned.time()));
            }
        });
    }

    void writeTo(ObjectNode object) {
        var metadata = Json.child(object, "metadata");
        if (managers.isEmpty()) {
            metadata.remove("managedFields");
        } else {
            metadata.set("managedFields", toJson());
        }
    }

    private ArrayNode toJson() {
        var array = Json.array();
        managers.forEach((manager, owned) -> {
            var entry =
                    array.addObject().put("apiVersion", manager.apiVersion()).put("fieldsType", "FieldsV1");
            entry.set("fieldsV1", owned.fields().toJson());
            entry.put("manager", manager.name()).put("operation", manager.operation());
            if (!manager.subresource().isEmpty()) {
                entry.put("subresource", manager.subresource());
            }
            entry.put("time", owned.time());
        });
        return array;
    }
}
