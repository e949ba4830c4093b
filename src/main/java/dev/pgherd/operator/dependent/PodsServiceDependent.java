package dev.pgherd.operator.dependent;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.resource.Services;
import io.fabric8.kubernetes.api.model.Service;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/** Gives the pods their DNS names. */
@KubernetesDependent(useSSA = BooleanWithUndefined.TRUE)
public final class PodsServiceDependent extends ChildDependent<Service> {

    @Override
    protected Service desired(PostgresInstance instance, Context<PostgresInstance> context) {
        return Services.pods(instance);
    }
}
