package dev.pgherd.operator;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.dependent.NameTakenException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** The pods that the operator itself makes beside the server's; one of somebody else may have the name of one of them. */
record OwnPods(PostgresInstance instance, KubernetesClient client) {

    boolean own(Pod pod) {
        return pod.hasOwnerReferenceFor(instance);
    }

    /**
     * Creates it; one of the instance's own that is there already, or going still, is left to the next pass.
     *
     * @throws NameTakenException where a pod of somebody else has the name; it is left alone
     */
    void create(Pod pod) {
        try {
            client.resource(pod).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            var present = client.resource(pod).get();
            if (present != null && !ofThisName(present)) {
                throw new NameTakenException(present, instance.getMetadata().getName());
            }
        }
    }

    /** Also of an earlier instance of the name: that one is going with it. */
    private boolean ofThisName(Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getKind().equals(instance.getKind())
                        && owner.getName().equals(instance.getMetadata().getName()));
    }
}
