package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.devcluster.apiserver.ApiServer;
import dev.pgherd.devcluster.apiserver.ApiServerOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegistrySyncTest extends RegistrySyncFixture {

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
}
