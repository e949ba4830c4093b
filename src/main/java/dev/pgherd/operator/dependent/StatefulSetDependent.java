package dev.pgherd.operator.dependent;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.resource.InstanceNames;
import dev.pgherd.operator.resource.StatefulSets;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/** Runs the server. */
@KubernetesDependent(useSSA = BooleanWithUndefined.TRUE)
public final class StatefulSetDependent extends ChildDependent<StatefulSet> {

    @Override
    protected StatefulSet desired(PostgresInstance instance, Context<PostgresInstance> context) {
        var present = Children.find(
                context, StatefulSet.class, InstanceNames.of(instance).statefulSet());
        return StatefulSets.statefulSet(
                instance,
                Wanted.run(context),
                present.flatMap(StatefulSets::claimSize).orElseGet(() -> StatefulSets.wantedSize(instance)));
    }
}
