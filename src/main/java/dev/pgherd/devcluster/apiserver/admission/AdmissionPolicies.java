package dev.pgherd.devcluster.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.admission.Validation.Denial;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem.Cause;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ObjectKey;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import dev.pgherd.devcluster.apiserver.schema.CelValues;
import dev.pgherd.devcluster.apiserver.store.ObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Asks the stored policies whether a request may pass. Deny and Warn have an effect; Audit has none, for this server
 * writes no audit log.
 */
public final class AdmissionPolicies {

    public static final String POLICIES = "validatingadmissionpolicies.admissionregistration.k8s.io";
    public static final String BINDINGS = "validatingadmissionpolicybindings.admissionregistration.k8s.io";

    private static final List<String> NOT_SERVED = List.of("paramKind", "variables", "auditAnnotations");

    private final ObjectStore store;
    private final Map<String, Policy> compiled = new ConcurrentHashMap<>();

    public AdmissionPolicies(ObjectStore store) {
        this.store = store;
    }

    /**
     * Refuses a policy that could not be asked, so that none is passed over later.
     *
     * @throws ApiProblem that says which part of it
     */
    public void prepare(ResourceType type, ObjectNode policy) {
        var name = Json.text(policy, "metadata", "name");
        NOT_SERVED.stream().filter(policy.path("spec")::has).findFirst().ifPresent(field -> {
            var message = "Forbidden: the embedded API does not evaluate " + field;
            throw invalid(type, name, new Cause("FieldValueForbidden", message, "spec." + field));
        });
        try {
            compile(policy);
        } catch (IllegalArgumentException e) {
            throw invalid(type, name, new Cause("FieldValueInvalid", "Invalid value: " + e.getMessage(), "spec"));
        }
    }

    private static ApiProblem invalid(ResourceType type, String name, Cause cause) {
        return ApiProblem.invalid(type, name, List.of(cause));
    }

    /**
     * Asks every policy that a binding puts into force.
     *
     * @throws ApiProblem when one of them denies the request
     */
    public void check(AdmissionRequest request, Consumer<String> warnings) {
        // What guards the others must always be correctable.
        if (request.type().group().equals("admissionregistration.k8s.io")) {
            return;
        }
        for (var binding : store.list(BINDINGS, "").items()) {
            store.find(new ObjectKey(POLICIES, "", Json.text(binding, "spec", "policyName")))
                    .ifPresent(policy -> check(request, policy, binding, warnings));
        }
    }

    private void check(AdmissionRequest request, ObjectNode stored, ObjectNode binding, Consumer<String> warnings) {
        var namespace = namespace(request);
        var labels = Json.at(namespace, "metadata", "labels");
        var rules = new ResourceRules(Json.at(stored, "spec", "matchConstraints"));
        if (!rules.match(request, labels)
                || !new ResourceRules(Json.at(binding, "spec", "matchResources")).match(request, labels)) {
            return;
        }
        var actions = Json.texts(Json.at(binding, "spec", "validationActions"));
        for (var denial : compile(stored).denials(variables(request, namespace))) {
            if (actions.contains("Warn")) {
                warnings.accept(words("Validation failed for %s: %s", stored, binding, denial));
            }
            if (actions.contains("Deny")) {
                var why = words("%s denied request: %s", stored, binding, denial);
                throw ApiProblem.denied(request.type(), request.name(), denial.reason(), why);
            }
        }
    }

    private static String words(String form, ObjectNode policy, ObjectNode binding, Denial denial) {
        var who = "ValidatingAdmissionPolicy '%s' with binding '%s'"
                .formatted(Json.text(policy, "metadata", "name"), Json.text(binding, "metadata", "name"));
        return form.formatted(who, denial.message());
    }

    private JsonNode namespace(AdmissionRequest request) {
        return orMissing(store.find(new ObjectKey("namespaces", "", request.namespace())));
    }

    private static Map<String, Object> variables(AdmissionRequest request, JsonNode namespace) {
        return Map.of(
                "object", CelValues.of(orMissing(request.object())),
                "oldObject", CelValues.of(orMissing(request.oldObject())),
                "request", CelValues.of(request.view()),
                "namespaceObject", CelValues.of(namespace));
    }

    private static JsonNode orMissing(Optional<ObjectNode> object) {
        return object.isPresent() ? object.get() : MissingNode.getInstance();
    }

    /** Kept until the policy says something else. */
    private Policy compile(ObjectNode policy) {
        var spec = policy.path("spec");
        return compiled.compute(
                Json.text(policy, "metadata", "name"),
                (name, known) -> known != null && known.spec().equals(spec) ? known : Policy.compile(spec));
    }
}
