package dev.pgherd.devcluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodAddressesTest {

    @Test
    void aPodHasTheAddressOfItsServiceAndThePortsOfItsContainers() {
        // Given
        var addresses = new PodAddresses(true);
        var services = List.of(service("None"), service("127.77.0.10"));

        // When
        var address = addresses.assign(pod("a"), services).orElseThrow();

        // Then
        assertThat(address.ip()).isEqualTo("127.77.0.10");
        assertThat(address.port(5432)).isEqualTo(5432);
        assertThat(addresses.assign(pod("a"), List.of())).contains(address);
        assertThat(addresses.assign(pod("b"), services)).isEmpty();
        addresses.release(pod("a"));
        assertThat(addresses.assign(pod("b"), services)).contains(address);
    }

    @Test
    void withoutALoopbackRangeEachPodHasAFreePort() {
        // Given
        var addresses = new PodAddresses(false);

        // When
        var a = addresses.assign(pod("a"), List.of()).orElseThrow();
        var command =
                PostgresCommand.within(List.of("postgres", "-c", "listen_addresses=*"), a, java.nio.file.Path.of("/s"));

        // Then
        assertThat(a.ip()).isEqualTo("127.0.0.1");
        assertThat(a.port(5432)).isGreaterThan(1024);
        assertThat(command)
                .containsExactly(
                        "postgres",
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=/s",
                        "-c",
                        "port=" + a.port(5432));
    }

    private static Pod pod(String uid) {
        return new PodBuilder()
                .withNewMetadata()
                .withUid(uid)
                .withLabels(Map.of("app", "shop", "x", "y"))
                .endMetadata()
                .build();
    }

    private static Service service(String ip) {
        return new ServiceBuilder()
                .withNewSpec()
                .withClusterIP(ip)
                .addToSelector("app", "shop")
                .endSpec()
                .build();
    }
}
