package dev.pgherd.operator.resource;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

/** The pod that has a changed image fetched, and looks into it, while the server runs on. */
public final class ImageCheckPods {

    /** The container that tells of the image; others may have put theirs beside it. */
    public static final String CONTAINER = "image";

    private static final String COMPONENT = "image-check";

    private ImageCheckPods() {}

    /** Made for the present template of the StatefulSet, on the node of the pod that would be replaced. */
    public static Pod of(PostgresInstance instance, StatefulSet statefulSet, Pod server, String image) {
        return new PodBuilder()
                .withMetadata(
                        ChildMetadata.owned(instance, InstanceNames.of(instance).imageCheckPod(), COMPONENT))
                .editMetadata()
                .addToAnnotations(TemplateVersion.of(statefulSet).annotations())
                .endMetadata()
                .withNewSpecLike(statefulSet.getSpec().getTemplate().getSpec())
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(1L)
                .withNodeName(server.getSpec().getNodeName())
                // The node is settled, and would turn away what another one is asked for.
                .withNodeSelector(null)
                .withAffinity(null)
                .withTopologySpreadConstraints()
                .withInitContainers()
                .withContainers(Containers.imageCheck(instance, image))
                .withVolumes()
                .endSpec()
                .build();
    }
}
