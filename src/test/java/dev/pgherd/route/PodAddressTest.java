package dev.pgherd.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.config.RouteKind;
import dev.pgherd.devcluster.apiserver.ApiServer;
import dev.pgherd.devcluster.apiserver.ApiServerOptions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodAddressTest {

    private static final InstanceKey SHOP = new InstanceKey("default", "shop");
    private static final Endpoint ENDPOINT = new Endpoint("shop-rw.default.svc.cluster.local", 5432, "app");

    @TempDir
    private Path directory;

    private ApiServer api;
    private KubernetesClient client;
    private Route route;

    @BeforeEach
    void start() {
        api = new ApiServer(new ApiServerOptions(directory, 0, Clock.systemUTC()));
        api.start();
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(api.kubeconfig()))
                .build();
        route = Routes.forEnvironment(RouteKind.POD_ADDRESS, false, client);
    }

    @AfterEach
    void stop() {
        route.close();
        client.close();
        api.close();
    }

    @Test
    void takesAReadyAddressBehindTheService() throws IOException {
        // Given
        client.resource(slice("shop-rw-1", "shop-rw", "10.0.0.1", false)).create();
        client.resource(slice("shop-rw-2", "shop-rw", "10.0.0.2", true)).create();
        client.resource(slice("other-rw-1", "other-rw", "10.0.0.3", true)).create();

        // When
        var address = route.to(SHOP, ENDPOINT);

        // Then
        assertThat(address.getHostString()).isEqualTo("10.0.0.2");
        assertThat(address.getPort()).isEqualTo(15432);
    }

    @Test
    void takesAnUnknownReadinessForReady() throws IOException {
        // Given
        client.resource(slice("shop-rw-1", "shop-rw", "10.0.0.1", null)).create();

        // Then
        assertThat(route.to(SHOP, ENDPOINT).getHostString()).isEqualTo("10.0.0.1");
    }

    @Test
    void saysWhenNoPodIsReady() {
        // Given
        client.resource(slice("shop-rw-1", "shop-rw", "10.0.0.1", false)).create();

        // Then
        assertThatThrownBy(() -> route.to(SHOP, ENDPOINT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("default/shop")
                .hasMessageContaining("ready");
    }

    @Test
    void saysWhenTheApiIsAway() {
        // Given
        api.close();

        // Then
        assertThatThrownBy(() -> route.to(SHOP, ENDPOINT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Kubernetes API");
    }

    @Test
    void isTheServicesNameInsideACluster() throws IOException {
        // When
        var address = Routes.forEnvironment(RouteKind.AUTO, true, client).to(SHOP, ENDPOINT);

        // Then
        assertThat(address.isUnresolved()).isTrue();
        assertThat(address).hasToString("shop-rw.default.svc.cluster.local/<unresolved>:5432");
    }

    @Test
    void isAPortForwardOutsideACluster() {
        try (var outside = Routes.forEnvironment(RouteKind.AUTO, false, client)) {
            assertThatThrownBy(() -> outside.to(SHOP, ENDPOINT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no primary pod of instance default/shop is ready");
        }
    }

    private static EndpointSlice slice(String name, String service, String address, @Nullable Boolean ready) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .withLabels(Map.of("kubernetes.io/service-name", service))
                .endMetadata()
                .withAddressType("IPv4")
                .addNewPort()
                .withName("postgres")
                .withPort(15432)
                .endPort()
                .addNewEndpoint()
                .withAddresses(address)
                .withNewConditions()
                .withReady(ready)
                .endConditions()
                .endEndpoint()
                .build();
    }
}
