package dev.pgherd.kubernetes;

import dev.pgherd.api.CustomResourceDefinitions;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.devcluster.apiserver.ApiServer;
import dev.pgherd.devcluster.apiserver.ApiServerOptions;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** A Kubernetes API that knows PostgresInstances, without a node: nothing runs in it. */
public final class EmbeddedApi implements AutoCloseable {

    private final ApiServer server;
    private final KubernetesClient client;

    public EmbeddedApi(Path directory) {
        server = new ApiServer(new ApiServerOptions(directory, 0, Clock.systemUTC()));
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig()))
                .build();
        var definition = CustomResourceDefinitions.postgresInstanceYaml().getBytes(StandardCharsets.UTF_8);
        client.load(new ByteArrayInputStream(definition)).create();
    }

    public String kubeconfig() {
        return server.kubeconfig();
    }

    /** The test's own client. */
    public KubernetesClient client() {
        return client;
    }

    public void namespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    public void instance(String namespace, String name, Map<String, String> labels) {
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(labels)
                .build());
        client.resource(instance).create();
    }

    /** Whether an operator has acted on an instance. */
    public boolean reconciled(String namespace, String name) {
        return client.apps()
                        .statefulSets()
                        .inNamespace(namespace)
                        .withName(name)
                        .get()
                != null;
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
