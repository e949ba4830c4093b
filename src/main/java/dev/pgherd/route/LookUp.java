package dev.pgherd.route;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.util.function.Function;

/** Asks the Kubernetes API for somebody who waits: one quick attempt, where the client itself would try for a minute. */
final class LookUp {

    private static final int TIMEOUT_MILLIS = 3_000;

    private LookUp() {}

    static <T> T with(KubernetesClient client, Function<KubernetesClient, T> question) {
        var request = new RequestConfigBuilder()
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout(TIMEOUT_MILLIS)
                .build();
        return client.adapt(NamespacedKubernetesClient.class)
                .withRequestConfig(request)
                .call(question::apply);
    }
}
