package dev.pgherd.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** Asks before the start whether the cluster answers and knows the resource; what it is must be known, not read. */
final class CrdCheck {

    private CrdCheck() {}

    static void require(KubernetesClient client) {
        try {
            var known = client.getApiResources("pgherd.dev/v1alpha1");
            if (known == null) {
                throw new CommandFailedException(
                        "the cluster at %s does not know PostgresInstance yet; install it with:"
                                        .formatted(client.getMasterUrl())
                                + " pgherd crd | kubectl apply -f -");
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return; // who may not ask still may be allowed to do the work
            }
            throw new CommandFailedException("the Kubernetes API at %s cannot be used: %s; check KUBECONFIG"
                    .formatted(client.getMasterUrl(), e.getMessage()));
        }
    }
}
