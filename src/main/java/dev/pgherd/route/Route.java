package dev.pgherd.route;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;

/** Turns the endpoint of an instance, as its status names it, into an address that this process can connect to. */
public interface Route extends AutoCloseable {

    /**
     * Asked before each new connection, so that a replaced pod is found again.
     *
     * @throws IOException when the instance cannot be reached now; the message says why
     */
    InetSocketAddress to(InstanceKey instance, Endpoint endpoint) throws IOException;

    /** Tells which instances are still there; what is held for others can go. */
    default void retain(Set<InstanceKey> instances) {}

    @Override
    default void close() {}
}
