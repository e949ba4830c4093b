package dev.pgherd.mcp;

import dev.pgherd.api.CustomResourceDefinitions;
import dev.pgherd.api.Given;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.devcluster.apiserver.ApiServer;
import dev.pgherd.devcluster.apiserver.ApiServerOptions;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Kubernetes API that knows PostgresInstances; the test says what an operator would say. */
public final class Cluster implements AutoCloseable {

    private final ApiServer server;
    private final KubernetesClient client;

    public Cluster(Path directory) {
        server = new ApiServer(new ApiServerOptions(directory, 0, Clock.systemUTC()));
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig()))
                .build();
        var definition = CustomResourceDefinitions.postgresInstanceYaml().getBytes(StandardCharsets.UTF_8);
        client.load(new ByteArrayInputStream(definition)).create();
    }

    /** The file with which other programs find it. */
    public String kubeconfig() {
        return server.kubeconfig();
    }

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

    public Resource<PostgresInstance> instance(String namespace, String name) {
        return client.resources(PostgresInstance.class).inNamespace(namespace).withName(name);
    }

    public void create(String namespace, String name, Map<String, String> labels) {
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(labels)
                .build());
        client.resource(instance).create();
    }

    public void available(InstanceKey key, int port) {
        report(
                key,
                Phase.Running,
                new Condition(Condition.AVAILABLE, "True", "AcceptingConnections", "", "2026-11-20T10:00:00Z", 1),
                new Endpoint("127.0.0.1", port, "app"));
    }

    void unavailable(InstanceKey key, Phase phase, String reason, String message) {
        report(
                key,
                phase,
                new Condition(Condition.AVAILABLE, "False", reason, message, "2026-11-20T10:00:00Z", 1),
                null);
    }

    /** What an operator says of an instance that stands still. */
    public void hibernated(InstanceKey key, Map<String, Object> more) {
        var condition = new Condition(
                Condition.AVAILABLE, "False", "Hibernated", "spec.hibernated is true", "2026-11-20T10:00:00Z", 1);
        report(key, Phase.Hibernated, condition, null, more);
    }

    private void report(InstanceKey key, Phase phase, Condition condition, @Nullable Endpoint endpoint) {
        report(key, phase, condition, endpoint, Map.of());
    }

    private void report(
            InstanceKey key, Phase phase, Condition condition, @Nullable Endpoint endpoint, Map<String, Object> more) {
        instance(key.namespace(), key.name()).editStatus(instance -> {
            var fields = new HashMap<String, Object>(more);
            fields.put("observedGeneration", instance.getMetadata().getGeneration());
            fields.put("phase", phase);
            fields.put("conditions", List.of(condition));
            fields.put("endpoint", endpoint);
            fields.put("postgresVersion", "17.11");
            fields.put("image", "postgres:17");
            fields.put("readyInstances", 1);
            instance.setStatus(Given.status(fields));
            return instance;
        });
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
