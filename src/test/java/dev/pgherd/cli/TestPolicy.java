package dev.pgherd.cli;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.NamedRuleWithOperations;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.NamedRuleWithOperationsBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** What an administrator does not allow for a while. */
final class TestPolicy implements AutoCloseable {

    private final KubernetesClient client;
    private final ValidatingAdmissionPolicy policy;
    private final ValidatingAdmissionPolicyBinding binding;

    private TestPolicy(
            KubernetesClient client, ValidatingAdmissionPolicy policy, ValidatingAdmissionPolicyBinding binding) {
        this.client = client;
        this.policy = policy;
        this.binding = binding;
    }

    static NamedRuleWithOperations rule(String operation, String group, String resources) {
        return new NamedRuleWithOperationsBuilder()
                .withApiGroups(group)
                .withApiVersions("*")
                .withOperations(operation)
                .withResources(resources)
                .build();
    }

    /**
     * In force until closed; nothing of it is left where the wait for that fails.
     *
     * @param allowed CEL expression
     * @param inForce waits until the API has it
     */
    static TestPolicy create(
            KubernetesClient client,
            String name,
            NamedRuleWithOperations rule,
            String allowed,
            String message,
            Runnable inForce) {
        var created = new TestPolicy(client, policy(name, rule, allowed, message), binding(name));
        try {
            client.resource(created.policy).create();
            client.resource(created.binding).create();
            inForce.run();
            return created;
        } catch (RuntimeException | AssertionError e) {
            created.close();
            throw e;
        }
    }

    private static ValidatingAdmissionPolicy policy(
            String name, NamedRuleWithOperations rule, String allowed, String message) {
        return new ValidatingAdmissionPolicyBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withFailurePolicy("Fail")
                .withNewMatchConstraints()
                .withResourceRules(rule)
                .endMatchConstraints()
                .addNewValidation()
                .withExpression(allowed)
                .withMessage(message)
                .endValidation()
                .endSpec()
                .build();
    }

    private static ValidatingAdmissionPolicyBinding binding(String name) {
        return new ValidatingAdmissionPolicyBindingBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withPolicyName(name)
                .withValidationActions("Deny")
                .endSpec()
                .build();
    }

    @Override
    public void close() {
        client.resource(binding).delete();
        client.resource(policy).delete();
    }
}
