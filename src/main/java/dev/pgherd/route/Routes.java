package dev.pgherd.route;

import dev.pgherd.config.RouteKind;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Picks the route that fits where this program runs. */
public final class Routes {

    private Routes() {}

    /** The client stays the caller's; the route is to be closed. */
    public static Route forEnvironment(RouteKind kind, boolean insideCluster, KubernetesClient client) {
        return switch (kind) {
            case SERVICE_DNS -> new ServiceDns();
            case POD_ADDRESS -> new PodAddress(client);
            case PORT_FORWARD -> new PortForward(client);
            case AUTO -> insideCluster ? new ServiceDns() : new PortForward(client);
        };
    }
}
