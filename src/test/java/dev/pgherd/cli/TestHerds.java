package dev.pgherd.cli;

import dev.pgherd.api.CustomResourceDefinitions;
import dev.pgherd.api.DeletionProtection;
import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.config.Namespaces;
import dev.pgherd.config.OperatorConfig;
import dev.pgherd.config.PoolConfig;
import dev.pgherd.config.RouteKind;
import dev.pgherd.devcluster.DevCluster;
import dev.pgherd.route.Routes;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/** PgHerd on the clusters that tests use; the lifetime ends all of it. */
final class TestHerds {

    private TestHerds() {}

    /** On the cluster that KUBECONFIG names, in a namespace of its own that enforces restricted Pod Security. */
    static TestHerd onCluster(Lifetime lifetime) throws Exception {
        var namespace = "pgherd-test-" + UUID.randomUUID().toString().substring(0, 8);
        var client = lifetime.own(new KubernetesClientBuilder().build());
        client.resource(Serialization.unmarshal(
                        CustomResourceDefinitions.postgresInstanceYaml(), CustomResourceDefinition.class))
                .forceConflicts()
                .serverSideApply();
        client.load(new ByteArrayInputStream(DeletionProtection.yaml().getBytes(StandardCharsets.UTF_8)))
                .forceConflicts()
                .serverSideApply();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
        lifetime.own(() -> client.namespaces().withName(namespace).delete());
        var route = lifetime.own(Routes.forEnvironment(RouteKind.PORT_FORWARD, false, client));
        var own = Map.of(Namespaces.NAMESPACES, namespace);
        var running = lifetime.own(new Herd(
                client,
                route,
                HttpConfig.defaults().withPort(0),
                McpConfig.from(own),
                PoolConfig.defaults(),
                OperatorConfig.from(own),
                () -> {}));
        return lifetime.own(new TestHerd(running.start(), namespace));
    }

    /** On an embedded cluster that keeps its state in the directory. */
    static TestHerd embedded(Lifetime lifetime, Path directory) throws Exception {
        var cluster = lifetime.own(
                new DevCluster(directory, Directories.ofThisProcess().cache(), Clock.systemUTC()));
        cluster.start(false, progress -> {});
        var route = lifetime.own(DevRoute.of(cluster));
        var running = lifetime.own(
                new Herd(cluster.client(), route, HttpConfig.defaults().withPort(0), McpConfig.from(Map.of())));
        return lifetime.own(new TestHerd(running.start(), "default"));
    }
}
