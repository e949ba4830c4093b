package dev.pgherd.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Writes down what a client asks of the Kubernetes API. */
public final class Requests implements Interceptor {

    private final Queue<ApiRequest> seen = new ConcurrentLinkedQueue<>();

    /** A client whose requests are written down; the caller closes it. */
    public KubernetesClient client(String kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("test-requests", this))
                .build();
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        seen.add(ApiRequest.of(request.method(), request.uri()));
    }

    /** About resources; questions about the API itself are left out. */
    public List<ApiRequest> all() {
        return seen.stream().filter(request -> !request.resource().isEmpty()).toList();
    }

    public List<ApiRequest> writes() {
        return all().stream().filter(ApiRequest::writes).toList();
    }
}
