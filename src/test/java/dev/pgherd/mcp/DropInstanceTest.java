package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.PoolSettings;
import dev.pgherd.kubernetes.EmbeddedApi;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to an instance between the look at it and its deletion. */
class DropInstanceTest {

    private static final Map<String, Object> SHOP = Map.of("instance", "shop", "confirm", "shop");

    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    private final ConnectionRegistry registry = new ConnectionRegistry(
            (instance, endpoint) -> new InetSocketAddress(endpoint.host(), endpoint.port()),
            PoolSettings.defaults(),
            new SimpleMeterRegistry());
    private EmbeddedApi api;
    private KubernetesClient client;
    private McpFixture mcp;
    private Caller caller;

    @BeforeEach
    void start(@TempDir Path directory) {
        api = new EmbeddedApi(directory);
        api.instance("default", "shop", Map.of());
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(api.kubeconfig()))
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("meanwhile", new Meanwhile()))
                .build();
        var config = McpConfig.from(Map.of());
        mcp = McpFixture.of(config, client, registry);
        caller = new Caller(mcp.connect());
    }

    @AfterEach
    void stop() {
        caller.close();
        mcp.close();
        client.close();
        registry.close();
        api.close();
    }

    @Test
    void oneThatWasMadeAnewUnderTheNameIsNotDeleted() {
        // Given
        meanwhile.set(() -> {
            shop().delete();
            api.instance("default", "shop", Map.of("made", "anew"));
        });

        // When
        var answer = caller.fail("drop_postgres_instance", SHOP);

        // Then
        assertThat(answer).contains("default/shop is another one by now", "was not deleted");
        assertThat(metadata().getLabels()).containsEntry("made", "anew");
    }

    @Test
    void oneThatOnlyChangedIsDeleted() {
        // Given
        meanwhile.set(() -> shop().edit(shop -> {
            shop.getMetadata().setLabels(Map.of("team", "red"));
            return shop;
        }));

        // When
        var answer = caller.ask("drop_postgres_instance", SHOP);

        // Then
        assertThat(answer.structured().path("deleted").asBoolean()).isTrue();
        assertThat(shop().get()).isNull();
    }

    @Test
    void oneThatHasJustBeenProtectedIsNotDeleted() {
        // Given
        meanwhile.set(() -> shop().edit(shop -> {
            shop.setSpec(Given.spec("---\ndeletionProtection: true"));
            return shop;
        }));

        // When, Then
        assertThat(caller.fail("drop_postgres_instance", SHOP)).contains("is protected against deletion");
        assertThat(shop().get()).isNotNull();
    }

    private Resource<PostgresInstance> shop() {
        return api.client()
                .resources(PostgresInstance.class)
                .inNamespace("default")
                .withName("shop");
    }

    private ObjectMeta metadata() {
        return shop().get().getMetadata();
    }

    /** Lets something happen just before the first deletion. */
    private final class Meanwhile implements Interceptor {

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (request.method().equals("DELETE")) {
                meanwhile.getAndSet(() -> {}).run();
            }
        }
    }
}
