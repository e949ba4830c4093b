package dev.pgherd.cli;

import dev.pgherd.api.CustomResourceDefinitions;
import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.config.RouteKind;
import dev.pgherd.route.Routes;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** On the cluster that KUBECONFIG names. */
@Tag("benchmark")
@EnabledIfSystemProperty(
        named = "benchmark.cluster",
        matches = "true",
        disabledReason = "run with -Pbenchmark -Dbenchmark.cluster=true on a cluster that KUBECONFIG names")
class ClusterStatefulSetBenchmarkIT extends StatefulSetBenchmark {

    private final Lifetime lifetime = new Lifetime();
    private final String namespace =
            "pgherd-benchmark-" + UUID.randomUUID().toString().substring(0, 8);
    private KubernetesClient client;

    @BeforeAll
    void start() throws Exception {
        lifetime.start();
        client = lifetime.own(new KubernetesClientBuilder().build());
        client.resource(Serialization.unmarshal(
                        CustomResourceDefinitions.postgresInstanceYaml(), CustomResourceDefinition.class))
                .forceConflicts()
                .serverSideApply();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        lifetime.own(() -> client.namespaces().withName(namespace).delete());
        var route = lifetime.own(Routes.forEnvironment(RouteKind.PORT_FORWARD, false, client));
        lifetime.own(new Herd(client, route, HttpConfig.defaults().withPort(0), McpConfig.from(Map.of())))
                .start();
    }

    @AfterAll
    void stop() {
        lifetime.close();
    }

    @Override
    KubernetesClient client() {
        return client;
    }

    @Override
    String namespace() {
        return namespace;
    }
}
