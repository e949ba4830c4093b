package dev.pgherd.mcp.tool;

import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/** Asks the Kubernetes API who PgHerd is there and what it may do; everybody may ask that about themselves. */
record SelfReview(KubernetesClient client) {

    /** Empty where the API is too old to say. */
    Optional<UserInfo> user() {
        try {
            return Optional.ofNullable(client.resource(new SelfSubjectReview())
                    .create()
                    .getStatus()
                    .getUserInfo());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Whether it may do that with instances; in every namespace where none is named. */
    boolean allows(String verb, String namespace) {
        var review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withGroup("pgherd.dev")
                .withResource("postgresinstances")
                .withVerb(verb)
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed();
    }
}
