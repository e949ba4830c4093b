package dev.pgherd.operator.dependent;

import dev.pgherd.api.Labels;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.Creator;
import io.javaoperatorsdk.operator.processing.dependent.Updater;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependentResource;
import java.util.Map;
import java.util.Objects;

/**
 * A child that is created and kept as desired, and never deleted by us: the builders say which children belong to the
 * instance, and Kubernetes' garbage collection does the rest. So no instance needs a finalizer, and deletion works
 * while the operator is away.
 */
abstract class ChildDependent<R extends HasMetadata> extends KubernetesDependentResource<R, PostgresInstance>
        implements Creator<R, PostgresInstance>, Updater<R, PostgresInstance> {

    /** The builders have said already what references the child carries. */
    @Override
    protected void addReferenceHandlingMetadata(R desired, PostgresInstance instance) {
        // nothing to add
    }

    /** The API would answer with a mere conflict: say whose name is in the way. */
    @Override
    public R create(R desired, PostgresInstance instance, Context<PostgresInstance> context) {
        var present = context.getClient().resource(desired).get();
        if (present != null && !belongs(present, instance)) {
            throw new NameTakenException(present, instance.getMetadata().getName());
        }
        return super.create(desired, instance, context);
    }

    /** By its owner, or by its labels: what was kept after a deletion has no owner any more. */
    private static boolean belongs(HasMetadata present, PostgresInstance instance) {
        var labels = Objects.requireNonNullElse(present.getMetadata().getLabels(), Map.<String, String>of());
        return present.hasOwnerReferenceFor(instance)
                || (Labels.PGHERD.equals(labels.get(Labels.MANAGED_BY))
                        && instance.getMetadata().getName().equals(labels.get(Labels.INSTANCE)));
    }
}
