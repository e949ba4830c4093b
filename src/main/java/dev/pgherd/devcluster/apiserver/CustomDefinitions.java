package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem.Cause;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ResourceCatalog;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import java.util.List;
import java.util.Locale;

/** CustomResourceDefinitions: completed when written, and served from then on. */
final class CustomDefinitions {

    static final String RESOURCE = "customresourcedefinitions.apiextensions.k8s.io";
    static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

    private final ResourceCatalog catalog;
    private final Now now;

    CustomDefinitions(ResourceCatalog catalog, Now now) {
        this.catalog = catalog;
        this.now = now;
    }

    /** Fills in what the controllers of a real server would: names, finalizer and conditions. */
    void complete(ObjectNode definition) {
        check(definition);
        var names = Json.child(Json.child(definition, "spec"), "names");
        var kind = Json.text(names, "kind");
        if (!names.has("singular")) {
            names.put("singular", kind.toLowerCase(Locale.ROOT));
        }
        if (!names.has("listKind")) {
            names.put("listKind", kind + "List");
        }
        if (!ObjectMetadata.deleting(definition)) {
            ObjectMetadata.setFinalizers(definition, List.of(CLEANUP));
        }
        var status = Json.child(definition, "status");
        status.set("acceptedNames", names);
        if (!status.has("conditions")) {
            addConditions(status);
        }
        storedVersions(definition, status);
    }

    private static void storedVersions(ObjectNode definition, ObjectNode status) {
        var stored = status.putArray("storedVersions");
        for (var version : Json.at(definition, "spec", "versions")) {
            if (version.path("storage").asBoolean()) {
                stored.add(Json.text(version, "name"));
            }
        }
    }

    private void addConditions(ObjectNode status) {
        var conditions = status.putArray("conditions");
        for (var type : List.of("NamesAccepted", "Established")) {
            var accepted = type.equals("NamesAccepted");
            conditions
                    .addObject()
                    .put("lastTransitionTime", now.text())
                    .put("message", accepted ? "no conflicts found" : "the initial names have been accepted")
                    .put("reason", accepted ? "NoConflicts" : "InitialNamesAccepted")
                    .put("status", "True")
                    .put("type", type);
        }
    }

    private void check(ObjectNode definition) {
        var spec = definition.path("spec");
        var name = ObjectMetadata.name(definition);
        var expected = Json.text(spec, "names", "plural") + "." + Json.text(spec, "group");
        if (!name.equals(expected)) {
            var message = "Invalid value: \"" + name + "\": must be spec.names.plural+\".\"+spec.group";
            throw invalid(name, new Cause("FieldValueInvalid", message, "metadata.name"));
        }
        if (spec.path("versions").isEmpty() || Json.text(spec, "names", "kind").isEmpty()) {
            var message = "Required value: versions and names are needed";
            throw invalid(name, new Cause("FieldValueRequired", message, "spec"));
        }
    }

    private ApiProblem invalid(String name, Cause cause) {
        return ApiProblem.invalid(type(), name, List.of(cause));
    }

    private ResourceType type() {
        return catalog.named(RESOURCE).orElseThrow();
    }
}
