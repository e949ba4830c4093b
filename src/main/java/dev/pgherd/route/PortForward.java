package dev.pgherd.route;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.Labels;
import dev.pgherd.api.v1alpha1.Endpoint;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A local port that the Kubernetes API forwards to the primary pod: for a program outside the cluster. Each instance has
 * one; it is replaced when the pod is, and goes when the instance has gone or this route is closed.
 */
final class PortForward implements Route {

    private static final String PRIMARY = "primary";

    private final KubernetesClient client;
    private final ConcurrentHashMap<InstanceKey, Forward> forwards = new ConcurrentHashMap<>();

    PortForward(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public InetSocketAddress to(InstanceKey instance, Endpoint endpoint) throws IOException {
        try {
            var pod = primary(instance);
            var forward = forwards.compute(
                    instance,
                    (key, known) -> known != null && known.serves(pod) ? known : replace(known, pod, endpoint));
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), forward.localPort());
        } catch (KubernetesClientException e) {
            throw new IOException("no port-forward to instance " + instance + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void retain(Set<InstanceKey> instances) {
        forwards.keySet().stream().filter(key -> !instances.contains(key)).forEach(this::drop);
    }

    @Override
    public void close() {
        forwards.keySet().forEach(this::drop);
    }

    private Forward replace(@Nullable Forward known, Pod pod, Endpoint endpoint) {
        if (known != null) {
            known.close();
        }
        return Forward.open(client, pod, endpoint.port());
    }

    private Pod primary(InstanceKey instance) throws IOException {
        var pods = LookUp.with(
                client,
                quick -> quick.pods()
                        .inNamespace(instance.namespace())
                        .withLabel(Labels.INSTANCE, instance.name())
                        .withLabel(Labels.ROLE, PRIMARY)
                        .list()
                        .getItems());
        if (pods.isEmpty()) {
            drop(instance);
        }
        return pods.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(Readiness::isPodReady)
                .findFirst()
                .orElseThrow(() -> new IOException("no primary pod of instance " + instance + " is ready"));
    }

    private void drop(InstanceKey instance) {
        var forward = forwards.remove(instance);
        if (forward != null) {
            forward.close();
        }
    }
}
