package dev.pgherd.operator.dependent;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.resource.InstanceNames;
import dev.pgherd.operator.resource.Secrets;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Optional;
import java.util.function.Supplier;

/** The application's credentials. */
@KubernetesDependent(useSSA = BooleanWithUndefined.TRUE)
public final class AppSecretDependent extends SecretDependent {

    @Override
    String name(PostgresInstance instance) {
        return InstanceNames.of(instance).appSecret();
    }

    @Override
    Secret desired(PostgresInstance instance, Optional<Secret> present, Supplier<String> generator) {
        return Secrets.app(instance, present, generator);
    }
}
