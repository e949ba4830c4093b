package dev.pgherd.connection;

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
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A registry, and a Kubernetes API in which the test says what an operator would say. */
abstract class RegistrySyncFixture {

    static final InstanceKey SHOP = new InstanceKey("default", "shop");
    static final Endpoint ENDPOINT = new Endpoint("shop-rw.default.svc", 5432, "app");

    @TempDir
    Path directory;

    final ConnectionRegistry registry = new ConnectionRegistry(
            (instance, endpoint) -> InetSocketAddress.createUnresolved(endpoint.host(), endpoint.port()),
            PoolSettings.defaults(),
            new SimpleMeterRegistry());
    ApiServer api;
    KubernetesClient client;

    KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(api.kubeconfig()))
                .build();
    }

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

    String password() {
        return registry.get(SHOP).map(target -> target.reader().password()).orElse("");
    }

    void namespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    void create(InstanceKey key) {
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withNamespace(key.namespace())
                .withName(key.name())
                .build());
        client.resource(instance).create();
    }

    void report(InstanceKey key, Endpoint endpoint) {
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

    static Secret secret(InstanceKey key, String readerPassword) {
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

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
