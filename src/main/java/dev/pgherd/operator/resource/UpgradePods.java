package dev.pgherd.operator.resource;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.Upgrade;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;

/**
 * The pods of a change of the major version. In both, the init container is the image with the programs of both
 * versions, and the container is the image that is to run the server afterwards.
 */
public final class UpgradePods {

    /** Annotation: the generation of the spec that the pod was made for. */
    public static final String GENERATION = "pgherd.dev/generation";

    static final String COMPONENT = "upgrade";

    private UpgradePods() {}

    /** Looks whether both images have what is needed; without the data, while the server runs on. */
    public static Pod check(PostgresInstance instance, Upgrade upgrade) {
        return pod(instance, InstanceNames.of(instance).upgradeCheckPod())
                .editMetadata()
                .addToAnnotations(
                        GENERATION, String.valueOf(instance.getMetadata().getGeneration()))
                .endMetadata()
                .editSpec()
                .withInitContainers(small(Containers.upgrade(instance, upgrade, upgrade.image(), "programs")))
                .withContainers(small(Containers.upgrade(instance, upgrade, upgrade.toImage(), "image")))
                .endSpec()
                .build();
    }

    /** Upgrades the data; no server may run. */
    public static Pod run(PostgresInstance instance, Upgrade upgrade) {
        var names = InstanceNames.of(instance);
        return pod(instance, names.upgradePod())
                .editSpec()
                .withInitContainers(Containers.upgrade(instance, upgrade, upgrade.image(), "upgrade"))
                .withContainers(Containers.upgrade(instance, upgrade, upgrade.toImage(), "commit"))
                .addToVolumes(new VolumeBuilder()
                        .withName(StatefulSets.DATA_VOLUME)
                        .withNewPersistentVolumeClaim(names.volumeClaim(), false)
                        .build())
                .endSpec()
                .build();
    }

    /** Where and as whom it runs is as for the server itself. */
    private static PodBuilder pod(PostgresInstance instance, String name) {
        var template = PodTemplates.postgres(instance);
        return new PodBuilder()
                .withMetadata(ChildMetadata.owned(instance, name, COMPONENT))
                .withNewSpecLike(template.getSpec())
                .withRestartPolicy("Never")
                .endSpec();
    }

    /** It is there beside the server. */
    private static Container small(Container container) {
        container.setResources(Containers.small());
        container.getVolumeMounts().removeIf(mount -> mount.getName().equals(StatefulSets.DATA_VOLUME));
        return container;
    }
}
