package dev.pgherd.operator.lifecycle;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.Map;

/** Instances that were created at noon. */
final class Instances {

    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private Instances() {}

    static PostgresInstance instance(String spec) {
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withName("shop")
                .withNamespace("team")
                .withCreationTimestamp(NOON.toString())
                .build());
        instance.setSpec(Given.spec("---\n" + spec));
        return instance;
    }

    static PostgresInstance lastActive(String spec, String lastActivityTime) {
        var instance = instance(spec);
        instance.setStatus(Given.status(Map.of("lastActivityTime", lastActivityTime)));
        return instance;
    }
}
