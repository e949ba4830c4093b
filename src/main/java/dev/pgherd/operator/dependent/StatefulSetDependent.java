package dev.pgherd.operator.dependent;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.resource.InstanceNames;
import dev.pgherd.operator.resource.StatefulSets;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/** Runs the server. */
@KubernetesDependent(useSSA = BooleanWithUndefined.TRUE)
public final class StatefulSetDependent extends ChildDependent<StatefulSet> {

    private static final String STRATEGY_ALONE = """
            {"spec": {"updateStrategy": {"type": "%s", "rollingUpdate": null}}}""";

    @Override
    protected StatefulSet desired(PostgresInstance instance, Context<PostgresInstance> context) {
        var present = Children.find(
                context, StatefulSet.class, InstanceNames.of(instance).statefulSet());
        return StatefulSets.statefulSet(
                instance,
                Wanted.run(context),
                present.flatMap(StatefulSets::claimSize).orElseGet(() -> StatefulSets.wantedSize(instance)));
    }

    /** What the API filled in for another strategy belongs to nobody: no apply removes it, and beside ours it is refused. */
    @Override
    public StatefulSet update(
            StatefulSet actual, StatefulSet desired, PostgresInstance instance, Context<PostgresInstance> context) {
        var wanted = desired.getSpec().getUpdateStrategy().getType();
        if (!wanted.equals(actual.getSpec().getUpdateStrategy().getType())) {
            context.getClient()
                    .resource(actual)
                    .patch(PatchContext.of(PatchType.JSON_MERGE), STRATEGY_ALONE.formatted(wanted));
        }
        return super.update(actual, desired, instance, context);
    }
}
