package dev.pgherd.cli;

import dev.pgherd.config.RouteKind;
import dev.pgherd.devcluster.DevCluster;
import dev.pgherd.route.Route;
import dev.pgherd.route.Routes;

/** In the embedded cluster a pod's address is one of this machine's own. */
final class DevRoute {

    private DevRoute() {}

    static Route of(DevCluster cluster) {
        return Routes.forEnvironment(RouteKind.POD_ADDRESS, false, cluster.client());
    }
}
