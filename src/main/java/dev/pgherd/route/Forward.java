package dev.pgherd.route;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open local port that leads to a port of one pod. */
record Forward(String podUid, LocalPortForward connection) {

    private static final Logger LOG = LoggerFactory.getLogger(Forward.class);

    static Forward open(KubernetesClient client, Pod pod, int port) {
        var metadata = pod.getMetadata();
        var connection = client.pods()
                .inNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .portForward(port);
        return new Forward(metadata.getUid(), connection);
    }

    boolean serves(Pod pod) {
        return podUid.equals(pod.getMetadata().getUid()) && connection.isAlive() && !connection.errorOccurred();
    }

    int localPort() {
        return connection.getLocalPort();
    }

    void close() {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("Port-forward could not be closed");
        }
    }
}
