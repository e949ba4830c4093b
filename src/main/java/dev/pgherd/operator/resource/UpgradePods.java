package dev.pgherd.operator.resource;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.Upgrade;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.List;

/**
 * The pods of a change of the major version. In both, the container is the image that is to run the server afterwards;
 * the init containers are the image with the programs of both versions, or for a dump the old image and the new one.
 */
public final class UpgradePods {

    /** Annotation: the generation of the spec that the pod was made for. */
    public static final String GENERATION = "pgherd.dev/generation";

    /** Annotation: the method that the pod looks into. */
    public static final String METHOD = "pgherd.dev/upgrade-method";

    /** Container that serves the old data to the one that reads them. */
    public static final String OLD_SERVER = "old-server";

    static final String COMPONENT = "upgrade";

    private UpgradePods() {}

    /** Looks whether both images have what is needed; without the data, while the server runs on. */
    public static Pod check(PostgresInstance instance, Upgrade upgrade) {
        return pod(instance, InstanceNames.of(instance).upgradeCheckPod())
                .editMetadata()
                .addToAnnotations(
                        GENERATION, String.valueOf(instance.getMetadata().getGeneration()))
                .addToAnnotations(METHOD, upgrade.method().name())
                .endMetadata()
                .editSpec()
                .withInitContainers(checks(instance, upgrade))
                .withContainers(small(Containers.upgrade(instance, upgrade, upgrade.toImage(), "image")))
                .endSpec()
                .build();
    }

    private static List<Container> checks(PostgresInstance instance, Upgrade upgrade) {
        var programs = upgrade.dumps()
                ? List.of(
                        Containers.upgrade(instance, upgrade, upgrade.fromImage(), "old-programs"),
                        Containers.upgrade(instance, upgrade, upgrade.image(), "new-programs"))
                : List.of(Containers.upgrade(instance, upgrade, upgrade.image(), "programs"));
        return programs.stream().map(UpgradePods::small).toList();
    }

    /** Upgrades the data; no server may run. */
    public static Pod run(PostgresInstance instance, Upgrade upgrade) {
        var names = InstanceNames.of(instance);
        return pod(instance, names.upgradePod())
                .editSpec()
                .withInitContainers(steps(instance, upgrade))
                .withContainers(Containers.upgrade(instance, upgrade, upgrade.toImage(), "commit"))
                .addToVolumes(new VolumeBuilder()
                        .withName(StatefulSets.DATA_VOLUME)
                        .withNewPersistentVolumeClaim(names.volumeClaim(), false)
                        .build())
                .endSpec()
                .build();
    }

    /** The old server is there until the pod ends; what it serves is read by the step after it. */
    private static List<Container> steps(PostgresInstance instance, Upgrade upgrade) {
        if (!upgrade.dumps()) {
            return List.of(Containers.upgrade(instance, upgrade, upgrade.image(), "upgrade"));
        }
        var old = Containers.upgrade(instance, upgrade, upgrade.fromImage(), OLD_SERVER);
        old.setRestartPolicy("Always");
        // Beside the other one it would ask a node for twice of what the instance needs.
        old.getResources().setRequests(Containers.small().getRequests());
        return List.of(
                Containers.upgrade(instance, upgrade, upgrade.image(), "room"),
                old,
                Containers.upgrade(instance, upgrade, upgrade.image(), "restore"));
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
