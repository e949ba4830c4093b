package dev.pgherd.mcp.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgherd.api.Given;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.connection.Access;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.Credentials;
import dev.pgherd.connection.InstanceUnavailableException;
import dev.pgherd.connection.PoolSettings;
import dev.pgherd.connection.Target;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KnownInstancesTest {

    private static final InstanceKey SHOP = new InstanceKey("default", "shop");
    private static final InstanceKey CRM = new InstanceKey("default", "crm");

    private final ConnectionRegistry registry = new ConnectionRegistry(
            (instance, endpoint) -> new InetSocketAddress(endpoint.host(), endpoint.port()),
            PoolSettings.defaults().withConnectionTimeout(Duration.ofSeconds(2)),
            new SimpleMeterRegistry());
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private final ArrayList<InstanceChanges> heard = new ArrayList<>();
    private final KnownInstances known = new KnownInstances(registry, later::add);

    KnownInstancesTest() {
        known.onChange(heard::add);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void whatComesAndGoesIsListedInOrder() {
        known.tell(SHOP, Optional.of(instance(SHOP, "Pending")));
        known.tell(CRM, Optional.of(instance(CRM, "Pending")));
        assertThat(known.keys()).containsExactly(CRM, SHOP);

        known.tell(CRM, Optional.empty());
        assertThat(known.keys()).containsExactly(SHOP);
        assertThat(known.contain(CRM)).isFalse();
    }

    @Test
    void whatNoToolCanNameIsNotThere() {
        var dotted = new InstanceKey("default", "shop.example");
        known.tell(dotted, Optional.of(instance(dotted, "Running")));

        assertThat(known.keys()).isEmpty();
        assertThat(later).isEmpty();
    }

    @Test
    void whatTheEnvironmentRegistersIsThereToo() {
        var old = new InstanceKey(Target.ENVIRONMENT, "old");
        registry.put(new Target(old, new Endpoint("127.0.0.1", 1, "app"), Credentials.NONE, Credentials.NONE));
        known.tell(SHOP, Optional.of(instance(SHOP, "Running")));

        assertThat(known.keys()).containsExactly(SHOP, old);
    }

    @Test
    void manyChangesAtATimeAreOneNotice() {
        // Given
        assertThat(known.keys()).isEmpty();

        // When
        known.tell(SHOP, Optional.of(instance(SHOP, "Pending")));
        known.tell(SHOP, Optional.of(instance(SHOP, "Provisioning")));
        known.tell(CRM, Optional.of(instance(CRM, "Pending")));

        // Then
        assertThat(heard).isEmpty();
        settle();
        assertThat(heard).containsExactly(new InstanceChanges(Set.of(SHOP, CRM), true));

        known.tell(SHOP, Optional.of(instance(SHOP, "Running")));
        settle();
        assertThat(heard).hasSize(2);
        assertThat(heard.get(1)).isEqualTo(new InstanceChanges(Set.of(SHOP), false));
    }

    @Test
    void whatIsThereFromTheBeginningIsNoNewsToWhoeverHasReadNothing() {
        // When
        known.tell(SHOP, Optional.of(instance(SHOP, "Running")));
        settle();
        known.caughtUp();
        settle();
        known.tell(CRM, Optional.of(instance(CRM, "Pending")));
        settle();

        // Then
        assertThat(heard)
                .containsExactly(new InstanceChanges(Set.of(SHOP), false), new InstanceChanges(Set.of(CRM), true));
    }

    @Test
    void whatIsNotShownChangesNothing() {
        // Given
        known.tell(SHOP, Optional.of(instance(SHOP, "Running")));
        settle();
        heard.clear();

        // When
        var written = instance(SHOP, "Running");
        written.getMetadata().setResourceVersion("17");
        written.setStatus(Given.status(Map.of("phase", "Running", "lastActivityTime", "2026-11-20T10:00:00Z")));
        known.tell(SHOP, Optional.of(written));
        known.tell(CRM, Optional.empty());

        // Then
        assertThat(later).isEmpty();
        assertThat(heard).isEmpty();
    }

    @Test
    void aServerThatDoesNotAnswerIsNewsOnce() throws Exception {
        // Given
        try (var unused = new ServerSocket(0)) {
            var endpoint = new Endpoint("127.0.0.1", unused.getLocalPort(), "app");
            var user = new Credentials("me", "secret");
            registry.put(new Target(SHOP, endpoint, user, user));
        }

        // When
        for (var call = 0; call < 5; call++) {
            assertThatThrownBy(() -> registry.call(SHOP, Access.READ, connection -> 1))
                    .isInstanceOf(InstanceUnavailableException.class);
        }

        // Then
        settle();
        assertThat(heard).containsExactly(new InstanceChanges(Set.of(SHOP), false));
    }

    private void settle() {
        assertThat(later).hasSize(1);
        later.remove().run();
    }

    private static PostgresInstance instance(InstanceKey key, String phase) {
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withNamespace(key.namespace())
                .withName(key.name())
                .build());
        instance.setStatus(Given.status(Map.of("phase", phase)));
        return instance;
    }
}
