package dev.pgherd.operator.resource;

import dev.pgherd.api.v1alpha1.DeletionPolicy;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.lifecycle.RunState;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.Objects;
import java.util.Optional;

/** The StatefulSet of an instance. */
public final class StatefulSets {

    static final String DATA_VOLUME = "data";
    static final String COMPONENT = "database";

    private StatefulSets() {}

    /**
     * One server with one volume, or the volume alone while the instance stands still.
     *
     * @param claimSize size in the claim template, which Kubernetes lets nobody change: that of the StatefulSet that is
     *     there already, or the spec's for a new one
     */
    public static StatefulSet statefulSet(PostgresInstance instance, RunState run, Quantity claimSize) {
        var names = InstanceNames.of(instance);
        return new StatefulSetBuilder()
                .withMetadata(ChildMetadata.owned(instance, names.statefulSet(), COMPONENT))
                .withNewSpec()
                .withReplicas(
                        run instanceof RunState.Hibernated
                                        || Server.of(instance).stopped()
                                ? 0
                                : 1)
                .withServiceName(names.podsService())
                // The operator itself replaces the pod: it first asks whether the successor would be taken.
                .withNewUpdateStrategy()
                .withType("OnDelete")
                .endUpdateStrategy()
                .withNewSelector()
                .withMatchLabels(ChildMetadata.selector(instance))
                .endSelector()
                .withNewPersistentVolumeClaimRetentionPolicy()
                .withWhenDeleted(instance.wish().deletionPolicy() == DeletionPolicy.Delete ? "Delete" : "Retain")
                .withWhenScaled("Retain")
                .endPersistentVolumeClaimRetentionPolicy()
                .withTemplate(PodTemplates.postgres(instance))
                .withVolumeClaimTemplates(claim(instance, claimSize))
                .endSpec()
                .build();
    }

    /** The pod that the StatefulSet would make, under another name, for a trial of the API. */
    public static Pod successor(StatefulSet statefulSet) {
        var name = statefulSet.getMetadata().getName();
        return new PodBuilder()
                .withMetadata(statefulSet.getSpec().getTemplate().getMetadata())
                .editMetadata()
                .withNamespace(statefulSet.getMetadata().getNamespace())
                .withName(name + "-trial")
                .endMetadata()
                .withSpec(statefulSet.getSpec().getTemplate().getSpec())
                .editSpec()
                .addNewVolume()
                .withName(DATA_VOLUME)
                .withNewPersistentVolumeClaim(new InstanceNames(name).volumeClaim(), false)
                .endVolume()
                .endSpec()
                .build();
    }

    /** The size in the claim template of a StatefulSet. */
    public static Optional<Quantity> claimSize(StatefulSet statefulSet) {
        return statefulSet.getSpec().getVolumeClaimTemplates().stream()
                .map(StatefulSets::requested)
                .findFirst();
    }

    /** The size that a volume claim asks for. */
    public static Quantity requested(PersistentVolumeClaim claim) {
        return Objects.requireNonNull(
                claim.getSpec().getResources().getRequests().get("storage"), "every claim asks for storage");
    }

    /** The size that the spec asks for. */
    public static Quantity wantedSize(PostgresInstance instance) {
        return new Quantity(instance.wish().storage().size());
    }

    private static PersistentVolumeClaim claim(PostgresInstance instance, Quantity size) {
        return new PersistentVolumeClaimBuilder()
                .withApiVersion("v1")
                .withKind("PersistentVolumeClaim")
                .withNewMetadata()
                .withName(DATA_VOLUME)
                .withLabels(ChildMetadata.labels(instance, COMPONENT))
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(instance.wish().storage().storageClass())
                .withNewResources()
                .addToRequests("storage", size)
                .endResources()
                .endSpec()
                .build();
    }
}
