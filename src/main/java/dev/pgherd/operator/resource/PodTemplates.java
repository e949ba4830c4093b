package dev.pgherd.operator.resource;

import dev.pgherd.api.Labels;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pod that runs PostgreSQL, one template for the official images of 14 to 18. Nothing in it depends on the
 * operator's own version: an upgrade of the operator restarts no database.
 */
final class PodTemplates {

    /** The user {@code postgres} of the official Debian-based images. */
    private static final long POSTGRES_UID = 999L;

    private static final long STOP_SECONDS = 60L;
    private static final int GROUP_READABLE = 0440;

    private PodTemplates() {}

    static PodTemplateSpec postgres(PostgresInstance instance) {
        var labels = ChildMetadata.labels(instance, StatefulSets.COMPONENT);
        labels.put(Labels.ROLE, ChildMetadata.PRIMARY);
        var spec = spec(instance);
        var metadata = new ObjectMetaBuilder()
                .withLabels(labels)
                .withAnnotations(TemplateVersion.of(instance, spec).annotations())
                .build();
        return new PodTemplateSpecBuilder()
                .withMetadata(Inherited.onto(metadata, instance))
                .withSpec(spec)
                .build();
    }

    private static PodSpec spec(PostgresInstance instance) {
        var scheduling = instance.wish().scheduling();
        return new PodSpecBuilder()
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(STOP_SECONDS)
                .withSecurityContext(restricted())
                .withNodeSelector(scheduling.nodeSelector())
                .withTolerations(scheduling.tolerations())
                .withAffinity(scheduling.affinity())
                .withTopologySpreadConstraints(scheduling.topologySpreadConstraints())
                .withPriorityClassName(scheduling.priorityClassName())
                .withInitContainers(Containers.bootstrap(instance))
                .withContainers(Containers.postgres(instance))
                .withVolumes(volumes(InstanceNames.of(instance)))
                .build();
    }

    private static PodSecurityContext restricted() {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(POSTGRES_UID)
                .withRunAsGroup(POSTGRES_UID)
                .withFsGroup(POSTGRES_UID)
                .withFsGroupChangePolicy("OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    private static List<Volume> volumes(InstanceNames names) {
        return List.of(
                new VolumeBuilder()
                        .withName("config")
                        .withNewConfigMap()
                        .withName(names.configMap())
                        .endConfigMap()
                        .build(),
                new VolumeBuilder()
                        .withName("superuser")
                        .withNewSecret()
                        .withSecretName(names.superuserSecret())
                        .withDefaultMode(GROUP_READABLE)
                        .endSecret()
                        .build(),
                scratch("run", null),
                scratch("tmp", null),
                // The runtime's own /dev/shm holds 64 MiB, too little for parallel queries.
                scratch("shm", "Memory"));
    }

    private static Volume scratch(String name, @Nullable String medium) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withMedium(medium)
                .endEmptyDir()
                .build();
    }
}
