package dev.pgherd.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void anInstanceThatWasDeletedMeanwhileIsGone() {
        assertThat(Failure.isOfOneThatIsGone(shop(), missing("postgresinstances", "shop")))
                .isTrue();
    }

    @Test
    void whatElseIsMissingIsAFailure() {
        assertThat(Failure.isOfOneThatIsGone(shop(), missing("postgresinstances", "other")))
                .isFalse();
        assertThat(Failure.isOfOneThatIsGone(shop(), missing("namespaces", "shop")))
                .isFalse();
        assertThat(Failure.isOfOneThatIsGone(shop(), new OperatorException("shop")))
                .isFalse();
    }

    private static PostgresInstance shop() {
        var shop = new PostgresInstance();
        shop.setMetadata(new ObjectMetaBuilder().withName("shop").build());
        return shop;
    }

    private static OperatorException missing(String kind, String name) {
        var status = new StatusBuilder()
                .withCode(404)
                .withNewDetails()
                .withKind(kind)
                .withName(name)
                .endDetails()
                .build();
        return new OperatorException(new KubernetesClientException("not found", 404, status));
    }
}
