package dev.pgherd.operator.status;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/** The instance whose status is told. */
final class Shop {

    private Shop() {}

    static PostgresInstance instance() {
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withName("shop")
                .withNamespace("team-a")
                .withGeneration(7L)
                .build());
        return instance;
    }

    static PostgresInstance instance(PostgresInstanceStatus status) {
        var instance = instance();
        instance.setStatus(status);
        return instance;
    }
}
