package dev.pgherd.api;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Collectors;

/** The admission policy by which the API server itself refuses to delete a protected instance, whoever asks. */
public final class DeletionProtection {

    public static final String NAME = "pgherd-deletion-protection";

    private static final String UNPROTECTED =
            "!(has(oldObject.spec.deletionProtection) && oldObject.spec.deletionProtection)";
    private static final String MESSAGE = "'PostgresInstance ' + oldObject.metadata.namespace + '/' +"
            + " oldObject.metadata.name + ' is protected against deletion: set spec.deletionProtection to false first'";

    private DeletionProtection() {}

    /** The policy and its binding as the YAML documents that {@code kubectl apply} takes. */
    public static String yaml() {
        return objects().stream().map(Serialization::asYaml).collect(Collectors.joining());
    }

    static List<HasMetadata> objects() {
        return List.of(policy(), binding());
    }

    private static ValidatingAdmissionPolicy policy() {
        return new ValidatingAdmissionPolicyBuilder()
                .withNewMetadata()
                .withName(NAME)
                .endMetadata()
                .withNewSpec()
                .withFailurePolicy("Fail")
                .withNewMatchConstraints()
                .addNewResourceRule()
                .withApiGroups(PostgresInstance.GROUP)
                .withApiVersions("*")
                .withOperations("DELETE")
                .withResources("postgresinstances")
                .endResourceRule()
                .endMatchConstraints()
                .addNewValidation()
                .withExpression(UNPROTECTED)
                .withMessageExpression(MESSAGE)
                .endValidation()
                .endSpec()
                .build();
    }

    private static ValidatingAdmissionPolicyBinding binding() {
        return new ValidatingAdmissionPolicyBindingBuilder()
                .withNewMetadata()
                .withName(NAME)
                .endMetadata()
                .withNewSpec()
                .withPolicyName(NAME)
                .withValidationActions("Deny")
                .endSpec()
                .build();
    }
}
