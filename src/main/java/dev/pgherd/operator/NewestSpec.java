package dev.pgherd.operator;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether an instance has the spec that the API has now, by the API's own word: before data are destroyed for what a
 * spec no longer says, an informer that is behind is not good enough.
 */
record NewestSpec(KubernetesClient client) implements Predicate<PostgresInstance> {

    private static final Logger LOGGER = LoggerFactory.getLogger(NewestSpec.class);

    @Override
    public boolean test(PostgresInstance instance) {
        try {
            return Optional.ofNullable(client.resource(instance).get())
                    .filter(present -> same(present, instance))
                    .isPresent();
        } catch (KubernetesClientException e) {
            LOGGER.atWarn()
                    .addKeyValue("namespace", instance.getMetadata().getNamespace())
                    .addKeyValue("name", instance.getMetadata().getName())
                    .addKeyValue("why", e.getMessage())
                    .log("the newest spec cannot be read");
            return false;
        }
    }

    private static boolean same(PostgresInstance one, PostgresInstance other) {
        return one.getMetadata().getUid().equals(other.getMetadata().getUid())
                && one.getMetadata().getGeneration().equals(other.getMetadata().getGeneration());
    }
}
