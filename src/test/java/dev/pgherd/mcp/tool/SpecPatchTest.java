package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.api.Given;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.config.Namespaces;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.PoolSettings;
import dev.pgherd.kubernetes.EmbeddedApi;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to an instance between the look at it and the change. */
class SpecPatchTest {

    private static final InstanceKey SHOP = new InstanceKey("default", "shop");
    private static final ObjectNode SLEEP =
            JsonNodeFactory.instance.objectNode().put("hibernated", true);

    @Test
    void aReportOfTheOperatorIsNotInTheWayButAnotherSpecIs(@TempDir Path directory) {
        try (var api = new EmbeddedApi(directory);
                var registry = new ConnectionRegistry(
                        (instance, endpoint) -> new InetSocketAddress(endpoint.host(), endpoint.port()),
                        PoolSettings.defaults(),
                        new SimpleMeterRegistry());
                var client = new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(api.kubeconfig()))
                        .build()) {
            // Given
            api.instance("default", "shop", Map.of());
            var instances = new Instances(client, Namespaces.all(), "default", new Registered(registry));
            var seen = instances.require(SHOP);

            // When
            instances.resource(SHOP).editStatus(instance -> {
                instance.setStatus(Given.status(Map.of("phase", "Running")));
                return instance;
            });
            new SpecPatch(instances).write(seen, SLEEP);

            // Then
            assertThat(instances.require(SHOP).wish().hibernated()).isTrue();
            assertThatThrownBy(() -> new SpecPatch(instances).write(seen, SLEEP))
                    .isInstanceOf(ToolFailedException.class)
                    .hasMessageContaining("Somebody else changed default/shop just now; nothing was written");
        }
    }
}
