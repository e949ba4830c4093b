package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the registry knows of instances that were there before it, where their Secrets come late or never. */
@Timeout(120)
class RegistryStartTest extends RegistrySyncFixture {

    /** Nothing listens there: the client tries again a little later. */
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1/");

    private final List<Credentials> told = new CopyOnWriteArrayList<>();

    @BeforeEach
    void run() {
        create(SHOP);
        report(SHOP, ENDPOINT);
        client.resource(secret(SHOP, "r1")).create();
    }

    @Test
    void noInstanceIsKnownWithoutASecretThatIsThere() {
        var first = new AtomicBoolean(true);
        try (var slow = secretsNowhereWhile(() -> first.getAndSet(false));
                var sync = new RegistrySync(slow, registry)) {
            follow(sync);

            await().until(() -> !told.isEmpty());
            assertThat(told).allMatch(Credentials::present);
        }
    }

    @Test
    void instancesAreKnownWhereSecretsCannotBeRead() {
        var unreadable = new AtomicBoolean(true);
        try (var forbidden = secretsNowhereWhile(unreadable::get);
                var sync = new RegistrySync(forbidden, registry)) {
            follow(sync);

            await().until(() -> told.contains(Credentials.NONE));
            unreadable.set(false);
            await().until(() -> password().equals("r1"));
        }
    }

    private void follow(RegistrySync sync) {
        sync.onEvent((key, instance) -> registry.get(SHOP).map(Target::reader).ifPresent(told::add));
        sync.start();
    }

    private KubernetesClient secretsNowhereWhile(BooleanSupplier away) {
        var config = Config.fromKubeconfig(api.kubeconfig());
        config.setRequestRetryBackoffLimit(1);
        config.setRequestRetryBackoffInterval(500);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("secrets", new Interceptor() {
                    @Override
                    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                        if (request.uri().getPath().endsWith("/secrets") && away.getAsBoolean()) {
                            builder.uri(NOWHERE);
                        }
                    }
                }))
                .build();
    }
}
