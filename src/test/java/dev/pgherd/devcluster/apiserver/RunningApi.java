package dev.pgherd.devcluster.apiserver;

import dev.pgherd.api.CustomResourceDefinitions;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;

/** A server on a directory, with a fabric8 client and plain HTTP to it. */
final class RunningApi implements AutoCloseable {

    static final ResourceDefinitionContext INSTANCES = new ResourceDefinitionContext.Builder()
            .withGroup("pgherd.dev")
            .withVersion("v1alpha1")
            .withKind("PostgresInstance")
            .withPlural("postgresinstances")
            .withNamespaced(true)
            .build();

    private final ApiServer server;
    private final KubernetesClient client;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningApi(ApiServer server) {
        this.server = server;
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig()))
                .build();
    }

    static RunningApi on(Path directory) {
        var server = new ApiServer(new ApiServerOptions(directory, 0, Clock.systemUTC()));
        server.start();
        return new RunningApi(server);
    }

    ApiServer server() {
        return server;
    }

    KubernetesClient client() {
        return client;
    }

    void defineInstances() {
        client.load(new java.io.ByteArrayInputStream(CustomResourceDefinitions.postgresInstanceYaml()
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .create();
    }

    static GenericKubernetesResource resource(String yaml) {
        return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    }

    /** Sends a request to a path below the token. */
    HttpResponse<String> send(String method, String path, String contentType, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", contentType)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(server.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
