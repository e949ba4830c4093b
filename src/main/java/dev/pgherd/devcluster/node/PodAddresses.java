package dev.pgherd.devcluster.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** Gives running pods their addresses: that of the Service which selects them, so that no proxy is needed. */
final class PodAddresses {

    private static final String PROBED = "127.77.0.10";
    private static final String WITHOUT_SERVICE = "127.78.0.";
    private static final int MOST_WITHOUT_SERVICE = 254;

    private final boolean wholeLoopbackRange;
    private final Map<String, PodAddress> byPod = new ConcurrentHashMap<>();

    PodAddresses(boolean wholeLoopbackRange) {
        this.wholeLoopbackRange = wholeLoopbackRange;
    }

    /** Linux answers on all of 127.0.0.0/8, others on 127.0.0.1 only. */
    static boolean hasWholeLoopbackRange() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName(PROBED))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** The address of a pod that has one, else a new one; empty while no Service that has an address selects it. */
    synchronized Optional<PodAddress> assign(Pod pod, Iterable<Service> services) {
        var uid = pod.getMetadata().getUid();
        var known = Optional.ofNullable(byPod.get(uid));
        if (known.isPresent()) {
            return known;
        }
        var found = wholeLoopbackRange ? ofService(pod, services) : Optional.of(freePort());
        found.ifPresent(address -> byPod.put(uid, address));
        return found;
    }

    /** An address for a pod that no Service selects. */
    synchronized PodAddress assignWithoutService(Pod pod) {
        for (var i = 1; i <= MOST_WITHOUT_SERVICE; i++) {
            var address = new PodAddress(WITHOUT_SERVICE + i, OptionalInt.empty());
            if (!byPod.containsValue(address)) {
                byPod.put(pod.getMetadata().getUid(), address);
                return address;
            }
        }
        throw new IllegalStateException("more than " + MOST_WITHOUT_SERVICE + " pods without a Service");
    }

    Optional<PodAddress> of(Pod pod) {
        return Optional.ofNullable(byPod.get(pod.getMetadata().getUid()));
    }

    void release(Pod pod) {
        byPod.remove(pod.getMetadata().getUid());
    }

    private Optional<PodAddress> ofService(Pod pod, Iterable<Service> services) {
        for (var service : services) {
            var ip = service.getSpec().getClusterIP();
            if (Selectors.selects(service, pod) && ip != null && ip.startsWith("127.")) {
                var address = new PodAddress(ip, OptionalInt.empty());
                if (!byPod.containsValue(address)) {
                    return Optional.of(address);
                }
            }
        }
        return Optional.empty();
    }

    private static PodAddress freePort() {
        var loopback = InetAddress.getLoopbackAddress();
        try (var socket = new ServerSocket(0, 1, loopback)) {
            return new PodAddress("127.0.0.1", OptionalInt.of(socket.getLocalPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
