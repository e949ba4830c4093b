package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.api.AgentSecret;
import dev.pgherd.api.CustomResourceDefinitions;
import dev.pgherd.api.Given;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.Labels;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.SecretReference;
import dev.pgherd.devcluster.apiserver.ApiServer;
import dev.pgherd.devcluster.apiserver.ApiServerOptions;
import dev.pgherd.route.DirectAccess;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrySyncTest {

    private static final InstanceKey SHOP = new InstanceKey("default", "shop");
    private static final Endpoint ENDPOINT = new Endpoint("shop-rw.default.svc", 5432, "app");

    @TempDir
    private Path directory;

    private final ConnectionRegistry registry = new ConnectionRegistry(
            (instance, endpoint) -> InetSocketAddress.createUnresolved(endpoint.host(), endpoint.port()),
            PoolSettings.defaults(),
            new SimpleMeterRegistry());
    private ApiServer api;
    private KubernetesClient client;

    @BeforeEach
    void start() {
        api = new ApiServer(new ApiServerOptions(directory, 0, Clock.systemUTC()));
        api.start();
        client = client();
        client.load(new ByteArrayInputStream(
                        CustomResourceDefinitions.postgresInstanceYaml().getBytes(StandardCharsets.UTF_8)))
                .create();
    }

    @AfterEach
    void stop() {
        registry.close();
        client.close();
        api.close();
    }

    @Test
    void addsAnInstanceWhenStatusAndSecretAreThere() {
        // Given
        create(SHOP);
        report(SHOP, ENDPOINT);
        client.resource(secret(SHOP, "r1")).create();

        // When
        try (var sync = new RegistrySync(client, registry)) {
            sync.start();

            // Then
            await().until(() -> registry.get(SHOP).isPresent()
                    && registry.get(SHOP).get().reader().present());
            assertThat(registry.list())
                    .containsExactly(new Target(
                            SHOP,
                            ENDPOINT,
                            new Credentials("pgherd_reader", "r1"),
                            new Credentials("pgherd_writer", "w")));
        }
    }

    @Test
    void followsChangesInAnyOrder() {
        // Given
        namespace("other");
        try (var sync = new RegistrySync(client, registry)) {
            sync.start();

            // An instance that the operator has not reported on is not there
            create(SHOP);
            create(new InstanceKey("other", "shop"));
            report(new InstanceKey("other", "shop"), ENDPOINT);
            await().until(() -> registry.list().size() == 1);
            assertThat(registry.get(SHOP)).isEmpty();

            // The endpoint alone is an instance without credentials
            report(SHOP, ENDPOINT);
            await().until(() -> registry.get(SHOP).isPresent());
            assertThat(registry.get(SHOP).get().reader()).isEqualTo(Credentials.NONE);

            // The Secret completes it, and a new password replaces it
            client.resource(secret(SHOP, "r1")).create();
            await().until(() -> password().equals("r1"));
            client.resource(secret(SHOP, "r2")).update();
            await().until(() -> password().equals("r2"));

            // Another endpoint is taken over
            var moved = new Endpoint("shop-rw.default.svc", 5433, "app");
            report(SHOP, moved);
            await().until(() -> registry.get(SHOP).get().endpoint().equals(moved));

            // Without the Secret nobody gets in
            client.resource(secret(SHOP, "r2")).delete();
            await().until(() -> password().isEmpty());

            // Deleted is gone
            client.resources(PostgresInstance.class)
                    .inNamespace("default")
                    .withName("shop")
                    .delete();
            await().until(() -> registry.get(SHOP).isEmpty());
            assertThat(registry.list()).hasSize(1);
        }
    }

    @Test
    void followsOnlyTheNamespacesThatItIsTold() {
        // Given
        namespace("elsewhere");
        var elsewhere = new InstanceKey("elsewhere", "shop");
        List.of(elsewhere, SHOP).forEach(key -> {
            create(key);
            report(key, ENDPOINT);
            client.resource(secret(key, "r1")).create();
        });

        // When
        try (var sync = new RegistrySync(client, registry, Set.of("default"))) {
            sync.start();

            // Then
            await().until(() -> password().equals("r1"));
            assertThat(registry.get(elsewhere)).isEmpty();
        }
    }

    @Test
    void anExternalServerIsReachedAsItsSpecAndTheUsersOwnSecretSay() {
        // Given
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withNamespace("default")
                .withName("shop")
                .build());
        instance.setSpec(Given.spec("external: {host: db.example.com, port: 5433, database: orders, sslMode: require,"
                + " credentialsSecret: {name: elsewhere}}"));
        client.resource(instance).create();
        report(SHOP, ENDPOINT);
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("elsewhere")
                .endMetadata();
        client.resource(secret.withData(
                                Map.of("username", base64("me"), "password", base64("first"), "ca.crt", base64("PEM")))
                        .build())
                .create();

        try (var sync = new RegistrySync(client, registry)) {
            // When
            sync.start();

            // Then
            var user = new Credentials("me", "first");
            await().until(() -> registry.get(SHOP).isPresent());
            assertThat(registry.list())
                    .containsExactly(new Target(
                            SHOP,
                            new Endpoint("db.example.com", 5433, "orders"),
                            user,
                            user,
                            Optional.of(new DirectAccess("require", Optional.of("PEM"))),
                            Optional.empty()));

            // When: no label of ours, so nobody tells
            client.resource(secret.withData(Map.of("username", base64("me"), "password", base64("second")))
                            .build())
                    .update();

            // Then
            await().atMost(Duration.ofSeconds(90)).until(() -> password().equals("second"));
        }
    }

    @Test
    void pgHerdsOwnSecretsAreNoCredentialsOfAnExternalServer() {
        // Given
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withNamespace("default")
                .withName("shop")
                .build());
        instance.setSpec(
                Given.spec("external: {host: evil.example.com, database: app, credentialsSecret: {name: other-app}}"));
        client.resource(instance).create();
        report(SHOP, ENDPOINT);
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("other-app")
                        .withLabels(Map.of(Labels.MANAGED_BY, Labels.PGHERD, Labels.INSTANCE, "other"))
                        .endMetadata()
                        .withData(Map.of("username", base64("app"), "password", base64("secret")))
                        .build())
                .create();

        try (var sync = new RegistrySync(client, registry)) {
            // When
            sync.start();

            // Then
            await().until(() -> registry.get(SHOP).isPresent());
            assertThat(registry.get(SHOP).get().reader()).isEqualTo(Credentials.NONE);
            assertThat(registry.get(SHOP).get().writer()).isEqualTo(Credentials.NONE);
        }
    }

    @Test
    void catchesUpWhenTheApiWasAway() {
        try (var sync = new RegistrySync(client, registry)) {
            // Given
            sync.start();
            create(SHOP);
            report(SHOP, ENDPOINT);
            client.resource(secret(SHOP, "r1")).create();
            await().until(() -> password().equals("r1"));
            var port = api.url().getPort();

            // When
            api.close();
            assertThat(password()).isEqualTo("r1");
            api = new ApiServer(new ApiServerOptions(directory, port, Clock.systemUTC()));
            api.start();
            try (var later = client()) {
                later.resource(secret(SHOP, "r2")).update();
            }

            // Then
            await().atMost(Duration.ofSeconds(60)).until(() -> password().equals("r2"));
        }
    }

    private KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(api.kubeconfig()))
                .build();
    }

    private String password() {
        return registry.get(SHOP).map(target -> target.reader().password()).orElse("");
    }

    private void namespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    private void create(InstanceKey key) {
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withNamespace(key.namespace())
                .withName(key.name())
                .build());
        client.resource(instance).create();
    }

    private void report(InstanceKey key, Endpoint endpoint) {
        client.resources(PostgresInstance.class)
                .inNamespace(key.namespace())
                .withName(key.name())
                .editStatus(instance -> {
                    instance.setStatus(Given.status(Map.of(
                            "observedGeneration",
                            1,
                            "endpoint",
                            endpoint,
                            "agentBinding",
                            new SecretReference(key.name() + "-agent"),
                            "readyInstances",
                            1)));
                    return instance;
                });
    }

    private static Secret secret(InstanceKey key, String readerPassword) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(key.namespace())
                .withName(key.name() + "-agent")
                .withLabels(Map.of(Labels.MANAGED_BY, Labels.PGHERD, Labels.COMPONENT, Labels.AGENT_CREDENTIALS))
                .endMetadata()
                .withData(Map.of(
                        AgentSecret.READER_USERNAME, base64("pgherd_reader"),
                        AgentSecret.READER_PASSWORD, base64(readerPassword),
                        AgentSecret.WRITER_USERNAME, base64("pgherd_writer"),
                        AgentSecret.WRITER_PASSWORD, base64("w")))
                .build();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
