package dev.pgherd.operator.dependent;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.lifecycle.RunState;
import dev.pgherd.operator.resource.InstanceNames;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** What a pass asks of the server, on its way from the reconciler to the children: they have no clock. */
public final class Wanted {

    private static final String KEY = "run-state";

    private Wanted() {}

    public static void set(Context<PostgresInstance> context, RunState run) {
        context.managedWorkflowAndDependentResourceContext().put(KEY, run);
    }

    static RunState run(Context<PostgresInstance> context) {
        return context.managedWorkflowAndDependentResourceContext().getMandatory(KEY, RunState.class);
    }

    /** Whether a server is still asked for from an earlier pass. */
    public static boolean runsStill(PostgresInstance instance, Context<PostgresInstance> context) {
        return Children.find(
                        context, StatefulSet.class, InstanceNames.of(instance).statefulSet())
                .filter(set -> set.getSpec().getReplicas() > 0)
                .isPresent();
    }
}
