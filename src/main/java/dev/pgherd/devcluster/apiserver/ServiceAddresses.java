package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.store.ObjectStore;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;

/**
 * Gives each Service a loopback address of its own in 127.77.0.0/16. Where it begins is drawn by chance, because several
 * embedded clusters on one machine share that network and know nothing of each other.
 */
final class ServiceAddresses {

    private static final String NETWORK = "127.77.";
    private static final int FIRST = 10;
    private static final int COUNT = 0xFFFE - FIRST;

    private final ObjectStore store;
    private final int start = new SecureRandom().nextInt(COUNT);

    ServiceAddresses(ObjectStore store) {
        this.store = store;
    }

    /** Fills in the address of a Service that has none and is not headless. */
    void assign(ObjectNode service) {
        var spec = Json.child(service, "spec");
        if (!spec.hasNonNull("clusterIP") && !Json.text(spec, "type").equals("ExternalName")) {
            spec.put("clusterIP", free());
        }
        if (spec.hasNonNull("clusterIP")) {
            spec.putArray("clusterIPs").add(Json.text(spec, "clusterIP"));
        }
    }

    private String free() {
        var taken = taken();
        for (var step = 0; step < COUNT; step++) {
            var number = FIRST + (start + step) % COUNT;
            var address = NETWORK + (number >> 8) + "." + (number & 0xFF);
            if (!taken.contains(address)) {
                return address;
            }
        }
        throw ApiProblem.internal("no free address for a Service is left in 127.77.0.0/16");
    }

    private Set<String> taken() {
        var taken = new HashSet<String>();
        store.list("services", "").items().forEach(service -> taken.add(Json.text(service, "spec", "clusterIP")));
        return taken;
    }
}
