package dev.pgherd.operator.dependent;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.resource.ConfigMaps;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/** The server's configuration. */
@KubernetesDependent(useSSA = BooleanWithUndefined.TRUE)
public final class ConfigMapDependent extends ChildDependent<ConfigMap> {

    @Override
    protected ConfigMap desired(PostgresInstance instance, Context<PostgresInstance> context) {
        return ConfigMaps.config(instance);
    }
}
