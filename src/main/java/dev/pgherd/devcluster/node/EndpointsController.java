package dev.pgherd.devcluster.node;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Keeps one EndpointSlice for each Service with a selector. */
final class EndpointsController {

    private final KubernetesClient client;
    private final ClusterView view;
    private final PodAddresses addresses;
    private final WorkQueue queue;

    EndpointsController(KubernetesClient client, ClusterView view, PodAddresses addresses, WorkQueue queue) {
        this.client = client;
        this.view = view;
        this.addresses = addresses;
        this.queue = queue;
    }

    void changed(Service service) {
        var namespace = service.getMetadata().getNamespace();
        var name = service.getMetadata().getName();
        queue.add("endpoints/" + namespace + "/" + name, () -> reconcile(namespace, name));
    }

    void changed(Pod pod) {
        view.services(pod.getMetadata().getNamespace()).stream()
                .filter(service -> Selectors.selects(service, pod))
                .forEach(this::changed);
    }

    private void reconcile(String namespace, String name) {
        var service = view.services(namespace).stream()
                .filter(it -> it.getMetadata().getName().equals(name))
                .findFirst();
        service.filter(it -> it.getSpec().getSelector() != null
                        && !it.getSpec().getSelector().isEmpty())
                .map(this::slice)
                .ifPresent(this::write);
    }

    private void write(EndpointSlice wanted) {
        var found = client.resource(wanted).get();
        if (found == null) {
            client.resource(wanted).create();
        } else if (!found.getEndpoints().equals(wanted.getEndpoints())
                || !found.getPorts().equals(wanted.getPorts())) {
            client.resource(found)
                    .edit(it -> new EndpointSliceBuilder(it)
                            .withEndpoints(wanted.getEndpoints())
                            .withPorts(wanted.getPorts())
                            .build());
        }
    }

    private EndpointSlice slice(Service service) {
        var metadata = service.getMetadata();
        var pods = view.pods(metadata.getNamespace()).stream()
                .filter(pod -> Selectors.selects(service, pod))
                .filter(pod -> pod.getStatus() != null && pod.getStatus().getPodIP() != null)
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .toList();
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName() + "-pgherd")
                .addToLabels("kubernetes.io/service-name", metadata.getName())
                .addToLabels("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io")
                .withOwnerReferences(owner(service))
                .endMetadata()
                .withAddressType("IPv4")
                .withEndpoints(pods.stream().map(EndpointsController::endpoint).toList())
                .withPorts(ports(service, pods))
                .build();
    }

    private static io.fabric8.kubernetes.api.model.OwnerReference owner(HasMetadata service) {
        return new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Service")
                .withName(service.getMetadata().getName())
                .withUid(service.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    private static Endpoint endpoint(Pod pod) {
        var ready = PodReadiness.isReady(pod);
        return new EndpointBuilder()
                .withAddresses(pod.getStatus().getPodIP())
                .withNewConditions(ready, ready, pod.getMetadata().getDeletionTimestamp() != null)
                .withNewTargetRef()
                .withKind("Pod")
                .withNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .withUid(pod.getMetadata().getUid())
                .endTargetRef()
                .withNodeName(StatefulSetParts.NODE)
                .build();
    }

    private List<EndpointPort> ports(Service service, List<Pod> pods) {
        var address = pods.stream().map(addresses::of).flatMap(Optional::stream).findFirst();
        return service.getSpec().getPorts().stream()
                .map(port -> {
                    var target = targetPort(port, pods);
                    return new EndpointPortBuilder()
                            .withName(Optional.ofNullable(port.getName()).orElse(""))
                            .withProtocol("TCP")
                            .withPort(address.map(it -> it.port(target)).orElse(target))
                            .build();
                })
                .toList();
    }

    private static int targetPort(ServicePort port, List<Pod> pods) {
        var target = port.getTargetPort();
        if (target == null) {
            return port.getPort();
        }
        if (target.getStrVal() == null) {
            return target.getIntVal();
        }
        return pods.stream()
                .flatMap(pod -> pod.getSpec().getContainers().stream())
                .flatMap(container -> container.getPorts().stream())
                .filter(it -> target.getStrVal().equals(it.getName()))
                .map(it -> it.getContainerPort())
                .findFirst()
                .orElse(port.getPort());
    }
}
