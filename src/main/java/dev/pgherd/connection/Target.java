package dev.pgherd.connection;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Endpoint;

/** An instance that can be connected to: where it listens and as whom to log in. */
public record Target(InstanceKey key, Endpoint endpoint, Credentials reader, Credentials writer) {

    Credentials credentials(Access access) {
        return access == Access.READ ? reader : writer;
    }
}
