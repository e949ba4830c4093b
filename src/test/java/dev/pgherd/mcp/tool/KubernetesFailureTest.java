package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class KubernetesFailureTest {

    @Test
    void whereNothingListensItSaysSoAndWhatToDo() throws IOException {
        var failure = KubernetesFailure.describe(refused());

        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure.message()).contains("cannot be reached", "connection refused", "pgherd dev", "kubeconfig");
    }

    private static KubernetesClientException refused() throws IOException {
        var config = new ConfigBuilder()
                .withMasterUrl("http://127.0.0.1:" + closedPort())
                .withRequestRetryBackoffLimit(0)
                .build();
        try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
            client.pods().inNamespace("default").list();
            throw new IllegalStateException("somebody answered");
        } catch (KubernetesClientException e) {
            return e;
        }
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
