package dev.pgherd.devcluster.apiserver.fields;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem.Cause;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps the managed fields of one resource's objects: through applies, and through every other change. */
public final class FieldOwnership {

    private static final List<String> UNOWNED_METADATA = List.of(
            "name",
            "namespace",
            "creationTimestamp",
            "selfLink",
            "uid",
            "generation",
            "managedFields",
            "resourceVersion",
            "generateName",
            "deletionTimestamp",
            "deletionGracePeriodSeconds");

    private final ResourceType type;
    private final FieldSchema schema;

    public FieldOwnership(ResourceType type) {
        this.type = type;
        this.schema = schemaOf(type);
    }

    /** How the values of that resource merge. */
    public static FieldSchema schemaOf(ResourceType type) {
        return type.custom()
                .<FieldSchema>map(custom -> new CustomSchema(custom.schema(), true))
                .orElse(BuiltInSchema.root(type.kind()));
    }

    /** The object with the configuration applied; a conflict is refused unless forced. */
    public ObjectNode apply(ObjectNode live, ObjectNode configuration, Manager manager, boolean force, String now) {
        var managed = ManagedFields.of(live);
        var last = managed.of(manager);
        var applied = owned(FieldSet.applied(configuration, schema), manager.subresource());
        var merged = (ObjectNode) ApplyMerge.merge(live, configuration, schema);
        var others = managed.others(manager);
        ApplyMerge.prune(
                merged, last, applied, others.values().stream().reduce(FieldSet.empty(), FieldSet::union), schema);
        var changes = changes(live, merged, manager.subresource());
        if (!force) {
            refuseConflicts(others, changes.changed().intersection(applied));
        }
        managed.takeFromOthers(manager, changes.changed().union(changes.removed()));
        managed.set(manager, applied, touched(changes), now);
        managed.writeTo(merged);
        return merged;
    }

    /** Records in the new object who changed what compared with the old one. */
    public void update(ObjectNode before, ObjectNode after, Manager manager, String now) {
        var managed = ManagedFields.of(before);
        var changes = changes(before, after, manager.subresource());
        managed.takeFromOthers(manager, changes.changed().union(changes.removed()));
        var owned = managed.of(manager).minus(changes.removed()).union(changes.changed());
        managed.set(manager, owned, touched(changes), now);
        managed.writeTo(after);
    }

    private static boolean touched(Changes changes) {
        return !changes.changed().isEmpty() || !changes.removed().isEmpty();
    }

    private Changes changes(ObjectNode before, ObjectNode after, String subresource) {
        var changes = Changes.between(before, after, schema);
        return new Changes(owned(changes.changed(), subresource), owned(changes.removed(), subresource));
    }

    /** Without the fields that nobody owns and those that this endpoint leaves alone. */
    private FieldSet owned(FieldSet fields, String subresource) {
        var owned =
                new FieldSet(false, fields.children()).without("f:apiVersion").without("f:kind");
        for (var name : UNOWNED_METADATA) {
            owned = owned.without("f:metadata", PathElement.field(name));
        }
        owned = withoutRoot(owned, "f:metadata");
        if (subresource.equals("status")) {
            return owned.without("f:spec").without("f:metadata");
        }
        return type.has("status") ? owned.without("f:status") : owned;
    }

    /** Metadata is always there and so has no owner as a whole. */
    private static FieldSet withoutRoot(FieldSet fields, String name) {
        var below = new FieldSet(false, fields.child(name).children());
        var rest = fields.without(name);
        return below.isEmpty() ? rest : rest.union(new FieldSet(false, Map.of(name, below)));
    }

    private static void refuseConflicts(Map<Manager, FieldSet> others, FieldSet changed) {
        var conflicts = new LinkedHashMap<Manager, List<String>>();
        others.forEach((manager, fields) -> {
            var paths = fields.intersection(changed).paths();
            if (!paths.isEmpty()) {
                conflicts.put(manager, paths);
            }
        });
        if (!conflicts.isEmpty()) {
            throw ApiProblem.applyConflict(message(conflicts), causes(conflicts));
        }
    }

    private static List<Cause> causes(Map<Manager, List<String>> conflicts) {
        var causes = new ArrayList<Cause>();
        conflicts.forEach((manager, paths) -> paths.forEach(
                path -> causes.add(new Cause("FieldManagerConflict", "conflict with " + manager.asText(), path))));
        return causes;
    }

    private static String message(Map<Manager, List<String>> conflicts) {
        var lines = new ArrayList<String>();
        var count = 0;
        for (var conflict : conflicts.entrySet()) {
            lines.add("conflicts with " + conflict.getKey().asText() + ":");
            for (var path : conflict.getValue()) {
                lines.add("- " + path);
                count++;
            }
        }
        return count == 1
                ? "Apply failed with 1 conflict: " + lines.get(0).replaceFirst("^conflicts", "conflict") + " "
                        + lines.get(1).substring(2)
                : "Apply failed with " + count + " conflicts: " + String.join("\n", lines);
    }
}
