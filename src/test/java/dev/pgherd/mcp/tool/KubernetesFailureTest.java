package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;

class KubernetesFailureTest {

    @Test
    void whereNothingListensItSaysSoAndWhatToDo() throws IOException {
        var server = "http://127.0.0.1:%d".formatted(closedPort());

        var failure = new KubernetesFailure(server).describe(refused(server));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure.message())
                .startsWith("The Kubernetes API at " + server + " cannot be reached now (connection refused).")
                .contains("pgherd dev", "--data-dir", "kubeconfig");
    }

    @Test
    void aHostThatNobodyKnowsIsNotOneThatRefuses() {
        var failure = new KubernetesFailure("")
                .describe(new KubernetesClientException(
                        "failed", new ConnectException().initCause(new UnresolvedAddressException())));

        assertThat(failure.message()).startsWith("The Kubernetes API cannot be reached now (unknown host).");
    }

    private static KubernetesClientException refused(String server) {
        var config = new ConfigBuilder()
                .withMasterUrl(server)
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
