package dev.pgherd.devcluster.node;

import dev.pgherd.digest.Sha256;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a StatefulSet asks for, as objects: a pure function of it. */
record StatefulSetParts(
        String revision,
        int replicas,
        boolean parallel,
        boolean onDelete,
        List<PersistentVolumeClaim> claims,
        List<Pod> pods) {

    static final String REVISION_LABEL = "controller-revision-hash";
    static final String NODE = "pgherd-dev";
    private static final int REVISION_BYTES = 5;

    StatefulSetParts {
        claims = List.copyOf(claims);
        pods = List.copyOf(pods);
    }

    static StatefulSetParts of(StatefulSet set) {
        var revision = set.getMetadata().getName() + "-"
                + Sha256.hex(Serialization.asJson(set.getSpec().getTemplate()), REVISION_BYTES);
        var replicas = Objects.requireNonNullElse(set.getSpec().getReplicas(), 1);
        var claims = IntStream.range(0, replicas)
                .boxed()
                .flatMap(
                        i -> set.getSpec().getVolumeClaimTemplates().stream().map(template -> claim(set, template, i)));
        var pods = IntStream.range(0, replicas).mapToObj(i -> pod(set, revision, i));
        return new StatefulSetParts(
                revision,
                replicas,
                "Parallel".equals(set.getSpec().getPodManagementPolicy()),
                Optional.ofNullable(set.getSpec().getUpdateStrategy())
                        .map(strategy -> "OnDelete".equals(strategy.getType()))
                        .orElse(false),
                claims.toList(),
                pods.toList());
    }

    static int ordinal(Pod pod) {
        var name = pod.getMetadata().getName();
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    /** The claims that the pod's volumes are. */
    static Stream<String> claimNames(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .map(Volume::getPersistentVolumeClaim)
                .filter(Objects::nonNull)
                .map(PersistentVolumeClaimVolumeSource::getClaimName);
    }

    /** A pod that is to go: one too many, or of an earlier template where the set replaces such pods by itself. */
    boolean isOutdated(Pod pod) {
        return ordinal(pod) >= replicas || (!onDelete && !isCurrent(pod));
    }

    boolean isCurrent(Pod pod) {
        return revision.equals(Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.<String, String>of())
                .get(REVISION_LABEL));
    }

    private static PersistentVolumeClaim claim(StatefulSet set, PersistentVolumeClaim template, int ordinal) {
        var labels = new LinkedHashMap<String, String>();
        labels.putAll(orEmpty(template.getMetadata().getLabels()));
        labels.putAll(orEmpty(set.getSpec().getSelector().getMatchLabels()));
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace(set.getMetadata().getNamespace())
                .withName(claimName(set, template, ordinal))
                .withLabels(labels)
                .withAnnotations(template.getMetadata().getAnnotations())
                .withFinalizers(VolumeClaimController.IN_USE)
                .withOwnerReferences(
                        deletedWithTheSet(set) ? List.of(reference(set).build()) : List.of())
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
    }

    private static boolean deletedWithTheSet(StatefulSet set) {
        return Optional.ofNullable(set.getSpec().getPersistentVolumeClaimRetentionPolicy())
                .map(policy -> "Delete".equals(policy.getWhenDeleted()))
                .orElse(false);
    }

    private static Pod pod(StatefulSet set, String revision, int ordinal) {
        var template = set.getSpec().getTemplate();
        var name = set.getMetadata().getName() + "-" + ordinal;
        var labels = new LinkedHashMap<>(orEmpty(template.getMetadata().getLabels()));
        labels.put("apps.kubernetes.io/pod-index", Integer.toString(ordinal));
        labels.put(REVISION_LABEL, revision);
        labels.put("statefulset.kubernetes.io/pod-name", name);
        var spec = new PodSpecBuilder(template.getSpec())
                .withNodeName(NODE)
                .withHostname(name)
                .withSubdomain(set.getSpec().getServiceName());
        for (var claim : set.getSpec().getVolumeClaimTemplates()) {
            spec.addToVolumes(new VolumeBuilder()
                    .withName(claim.getMetadata().getName())
                    .withNewPersistentVolumeClaim(claimName(set, claim, ordinal), null)
                    .build());
        }
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(set.getMetadata().getNamespace())
                .withName(name)
                .withLabels(labels)
                .withAnnotations(template.getMetadata().getAnnotations())
                .withOwnerReferences(reference(set)
                        .withController(true)
                        .withBlockOwnerDeletion(true)
                        .build())
                .endMetadata()
                .withSpec(spec.build())
                .build();
    }

    private static String claimName(StatefulSet set, PersistentVolumeClaim template, int ordinal) {
        return template.getMetadata().getName() + "-" + set.getMetadata().getName() + "-" + ordinal;
    }

    private static OwnerReferenceBuilder reference(StatefulSet set) {
        return new OwnerReferenceBuilder(new OwnerReference())
                .withApiVersion("apps/v1")
                .withKind("StatefulSet")
                .withName(set.getMetadata().getName())
                .withUid(set.getMetadata().getUid());
    }

    private static <K, V> Map<K, V> orEmpty(@org.jspecify.annotations.Nullable Map<K, V> map) {
        return Objects.requireNonNullElse(map, Map.of());
    }
}
