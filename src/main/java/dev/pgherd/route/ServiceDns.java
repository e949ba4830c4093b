package dev.pgherd.route;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Endpoint;
import java.net.InetSocketAddress;

/** The name of the Service, resolved by whoever connects: for a program that runs inside the cluster. */
final class ServiceDns implements Route {

    @Override
    public InetSocketAddress to(InstanceKey instance, Endpoint endpoint) {
        return InetSocketAddress.createUnresolved(endpoint.host(), endpoint.port());
    }
}
