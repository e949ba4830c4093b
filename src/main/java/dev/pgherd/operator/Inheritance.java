package dev.pgherd.operator;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.resource.Inherited;
import dev.pgherd.operator.status.Observed;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps inherited labels and annotations right on what Kubernetes makes from templates. */
final class Inheritance {

    private Inheritance() {}

    static void ensure(PostgresInstance instance, Observed observed, KubernetesClient client) {
        Stream.<Optional<? extends HasMetadata>>of(observed.pod(), observed.volumeClaim())
                .flatMap(Optional::stream)
                .filter(child -> child.getMetadata().getDeletionTimestamp() == null)
                .filter(child -> !same(child, instance))
                .forEach(child -> client.resource((HasMetadata) child).edit(present -> {
                    present.setMetadata(Inherited.onto(present.getMetadata(), instance));
                    return present;
                }));
    }

    private static boolean same(HasMetadata child, PostgresInstance instance) {
        var wanted = Inherited.onto(child.getMetadata(), instance);
        return wanted.getLabels().equals(child.getMetadata().getLabels())
                && wanted.getAnnotations()
                        .equals(Optional.ofNullable(child.getMetadata().getAnnotations())
                                .orElse(Map.of()));
    }
}
