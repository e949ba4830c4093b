package dev.pgherd.cli;

import dev.pgherd.api.CustomResourceDefinitions;
import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.config.RouteKind;
import dev.pgherd.route.Routes;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The lifecycle on the cluster that KUBECONFIG names, in a namespace that enforces restricted Pod Security. */
@Tag("cluster")
class ClusterLifecycleIT extends InstanceLifecycle {

    private final Lifetime lifetime = new Lifetime();
    private final String namespace =
            "pgherd-test-" + UUID.randomUUID().toString().substring(0, 8);
    private TestHerd herd;

    @BeforeAll
    void start() throws Exception {
        lifetime.start();
        var client = lifetime.own(new KubernetesClientBuilder().build());
        client.resource(Serialization.unmarshal(
                        CustomResourceDefinitions.postgresInstanceYaml(), CustomResourceDefinition.class))
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
        var running =
                lifetime.own(new Herd(client, route, HttpConfig.defaults().withPort(0), McpConfig.from(Map.of())));
        herd = lifetime.own(new TestHerd(running.start(), namespace));
    }

    @AfterAll
    void stop() {
        lifetime.close();
    }

    @Override
    TestHerd herd() {
        return herd;
    }
}
