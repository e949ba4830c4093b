package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.store.ObjectStore;
import java.util.HashSet;
import java.util.Set;

/** Gives each Service a loopback address of its own, 127.77.0.10 being the first. */
final class ServiceAddresses {

    private static final String NETWORK = "127.77.";
    private static final int FIRST = 10;
    private static final int LAST = 0xFFFE;

    private final ObjectStore store;

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
        for (var number = FIRST; number <= LAST; number++) {
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
