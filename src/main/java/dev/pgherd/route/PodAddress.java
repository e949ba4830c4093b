package dev.pgherd.route;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The address of a ready pod behind the Service: for a program that reaches the pods' network but not its names. */
final class PodAddress implements Route {

    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private final KubernetesClient client;

    PodAddress(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public InetSocketAddress to(InstanceKey instance, Endpoint endpoint) throws IOException {
        var service = endpoint.host().split("\\.", 2)[0];
        return slices(instance, service)
                .flatMap(PodAddress::readyAddresses)
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "no pod of instance %s is ready: the EndpointSlices of Service %s name no ready address"
                                .formatted(instance, service)));
    }

    private Stream<EndpointSlice> slices(InstanceKey instance, String service) throws IOException {
        try {
            return LookUp.with(
                    client,
                    quick -> quick.discovery()
                            .v1()
                            .endpointSlices()
                            .inNamespace(instance.namespace())
                            .withLabel(SERVICE_NAME, service)
                            .list()
                            .getItems())
                    .stream();
        } catch (KubernetesClientException e) {
            throw new IOException(
                    "the Kubernetes API does not say where instance " + instance + " runs: " + e.getMessage(), e);
        }
    }

    private static Stream<InetSocketAddress> readyAddresses(EndpointSlice slice) {
        return slice.getPorts().stream()
                .map(EndpointPort::getPort)
                .filter(Objects::nonNull)
                .limit(1)
                .flatMap(port -> slice.getEndpoints().stream()
                        .filter(endpoint -> isReady(endpoint.getConditions()))
                        .flatMap(endpoint -> endpoint.getAddresses().stream())
                        .map(address -> new InetSocketAddress(address, port)));
    }

    /** An absent condition means ready, as the API says. */
    private static boolean isReady(@Nullable EndpointConditions conditions) {
        return conditions == null || !Boolean.FALSE.equals(conditions.getReady());
    }
}
