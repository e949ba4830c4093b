package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.api.Given;
import dev.pgherd.api.Labels;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.route.DirectAccess;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Servers that somebody else runs, with credentials that somebody else wrote. */
class ExternalSyncTest extends RegistrySyncFixture {

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

        try (var sync = new RegistrySync(client, registry, Set.of(), Duration.ofSeconds(1))) {
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
}
