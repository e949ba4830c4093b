package dev.pgherd.operator.dependent;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.dependent.Creator;
import io.javaoperatorsdk.operator.processing.dependent.Updater;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependentResource;

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
}
