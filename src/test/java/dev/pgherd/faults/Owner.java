package dev.pgherd.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.api.Given;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.Labels;
import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.config.RouteKind;
import dev.pgherd.route.Route;
import dev.pgherd.route.Routes;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/** Whoever owns the instances of a namespace: reaches the API and the servers with nothing in between. */
public record Owner(KubernetesClient client, Route route, String namespace) {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    public static Owner of(KubernetesClient client) {
        return new Owner(client, Routes.forEnvironment(RouteKind.POD_ADDRESS, false, client), "default");
    }

    public void apply(String name, String spec) {
        var instance = new PostgresInstance();
        instance.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
        instance.setSpec(Given.spec("---\n" + spec));
        client.resource(instance).forceConflicts().serverSideApply();
    }

    void delete(String name) {
        client.resources(PostgresInstance.class)
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    @Nullable
    PostgresInstance find(String name) {
        return client.resources(PostgresInstance.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    void awaitAvailable(String name) {
        eventually(() -> assertThat(Objects.requireNonNull(find(name), name)
                        .reported()
                        .map(status -> status.met(Condition.AVAILABLE)))
                .hasValue(true));
    }

    public void awaitReady(String name) {
        eventually(() -> {
            var instance = Objects.requireNonNull(find(name), name);
            var status = Objects.requireNonNull(instance.getStatus(), "no status yet");
            assertThat(status.observedGeneration())
                    .isEqualTo(instance.getMetadata().getGeneration());
            assertThat(status.met(Condition.READY))
                    .describedAs("%s: %s", name, status)
                    .isTrue();
        });
    }

    /** Kind and name of everything in the namespace that carries our label. */
    Set<String> objects() {
        return Stream.<Class<? extends HasMetadata>>of(
                        Pod.class,
                        Secret.class,
                        PersistentVolumeClaim.class,
                        ConfigMap.class,
                        Service.class,
                        StatefulSet.class)
                .flatMap(type -> labelled(type).stream())
                .map(object -> object.getKind() + "/" + object.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    private List<? extends HasMetadata> labelled(Class<? extends HasMetadata> type) {
        return client.resources(type)
                .inNamespace(namespace)
                .withLabel(Labels.INSTANCE)
                .list()
                .getItems();
    }

    /** As the application, with the credentials that the instance's Secret holds. */
    public void execute(String name, String sql) {
        eventually(() -> {
            try (var connection = connect(name);
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        });
    }

    /** The first value of the first row. */
    String query(String name, String sql) {
        try (var connection = connect(name);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(name + ": " + sql + ": " + e.getMessage(), e);
        }
    }

    String requestedMemory(String name) {
        var pod = client.pods().inNamespace(namespace).withName(name + "-0").get();
        return pod.getSpec()
                .getContainers()
                .get(0)
                .getResources()
                .getRequests()
                .get("memory")
                .toString();
    }

    String capacity(String name) {
        var claim = client.persistentVolumeClaims()
                .inNamespace(namespace)
                .withName("data-" + name + "-0")
                .get();
        return claim.getStatus().getCapacity().get("storage").toString();
    }

    /** Where its server listens. */
    public InetSocketAddress address(String name) throws IOException {
        return route.to(new InstanceKey(namespace, name), endpoint(name));
    }

    private Endpoint endpoint(String name) {
        var instance = Objects.requireNonNull(find(name), name);
        return Objects.requireNonNull(
                Objects.requireNonNull(instance.getStatus(), name).endpoint(), name);
    }

    private Connection connect(String name) throws IOException, SQLException {
        var endpoint = endpoint(name);
        var address = address(name);
        var secret =
                client.secrets().inNamespace(namespace).withName(name + "-app").get();
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s?connectTimeout=5&socketTimeout=20"
                        .formatted(address.getHostString(), address.getPort(), endpoint.database()),
                value(secret, "username"),
                value(secret, "password"));
    }

    private static String value(Secret secret, String key) {
        return new String(Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
    }

    static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .untilAsserted(assertion);
    }
}
