package dev.pgherd.devcluster.node;

import dev.pgherd.devcluster.postgres.FileTree;
import dev.pgherd.devcluster.postgres.Unprivileged;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatus;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Binds claims to directories and removes those with their claims, once nothing uses them. */
final class VolumeClaimController {

    /** What keeps a claim, and with it the data, while a pod uses it; the same as in every cluster. */
    static final String IN_USE = "kubernetes.io/pvc-protection";

    static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
    private static final Duration WHILE_IN_USE = Duration.ofMillis(200);

    private final KubernetesClient client;
    private final ClusterView view;
    private final Events events;
    private final WorkQueue queue;
    private final Path volumes;
    private final Unprivileged unprivileged;
    private final BiPredicate<String, String> usedByPod;

    VolumeClaimController(
            KubernetesClient client,
            ClusterView view,
            Events events,
            WorkQueue queue,
            Path volumes,
            Unprivileged unprivileged,
            BiPredicate<String, String> usedByPod) {
        this.client = client;
        this.view = view;
        this.events = events;
        this.queue = queue;
        this.volumes = volumes;
        this.unprivileged = unprivileged;
        this.usedByPod = usedByPod;
    }

    void changed(PersistentVolumeClaim claim) {
        var namespace = claim.getMetadata().getNamespace();
        var name = claim.getMetadata().getName();
        queue.add("claim/" + namespace + "/" + name, () -> reconcile(namespace, name));
    }

    void storageClassesChanged() {
        view.claims().forEach(this::changed);
    }

    Path directory(PersistentVolumeClaim claim) {
        var metadata = claim.getMetadata();
        return volumes.resolve(metadata.getNamespace() + "-" + metadata.getName() + "-" + metadata.getUid());
    }

    private void reconcile(String namespace, String name) {
        var claim = client.persistentVolumeClaims()
                .inNamespace(namespace)
                .withName(name)
                .get();
        if (claim == null) {
            return;
        }
        if (claim.getMetadata().getDeletionTimestamp() != null) {
            release(claim);
        } else if (isKnown(claim)) {
            bind(claim);
        } else {
            pending(claim);
        }
    }

    private void release(PersistentVolumeClaim claim) {
        if (!claim.getMetadata().getFinalizers().contains(IN_USE)) {
            return;
        }
        var metadata = claim.getMetadata();
        if (usedByPod.test(metadata.getNamespace(), metadata.getName())) {
            queue.addAfter(
                    WHILE_IN_USE,
                    "claim/" + metadata.getNamespace() + "/" + metadata.getName(),
                    () -> reconcile(metadata.getNamespace(), metadata.getName()));
            return;
        }
        try {
            FileTree.delete(directory(claim));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        client.resource(claim).edit(VolumeClaimController::withoutProtection);
    }

    private static PersistentVolumeClaim withoutProtection(PersistentVolumeClaim claim) {
        var finalizers = new ArrayList<>(claim.getMetadata().getFinalizers());
        finalizers.remove(IN_USE);
        claim.getMetadata().setFinalizers(finalizers);
        return claim;
    }

    private boolean isKnown(PersistentVolumeClaim claim) {
        var wanted = claim.getSpec().getStorageClassName();
        return view.storageClasses().stream()
                .map(it -> it.getMetadata())
                .anyMatch(it -> wanted == null ? isDefault(it) : it.getName().equals(wanted));
    }

    private static boolean isDefault(ObjectMeta storageClass) {
        var annotations = storageClass.getAnnotations();
        return annotations != null && "true".equals(annotations.get(DEFAULT_CLASS));
    }

    private void pending(PersistentVolumeClaim claim) {
        var wanted = claim.getSpec().getStorageClassName();
        report(
                claim,
                new PersistentVolumeClaimStatusBuilder().withPhase("Pending").build());
        if (wanted == null) {
            events.normal(
                    claim,
                    "persistentvolume-controller",
                    "FailedBinding",
                    "no persistent volumes available for this claim and no storage class is set");
        } else {
            events.warning(
                    claim,
                    "persistentvolume-controller",
                    "ProvisioningFailed",
                    "storageclass.storage.k8s.io \"" + wanted + "\" not found");
        }
    }

    private void bind(PersistentVolumeClaim claim) {
        var bound = claim.getSpec().getVolumeName() == null ? assignVolume(claim) : claim;
        createDirectory(directory(bound));
        var requested = Optional.ofNullable(bound.getSpec().getResources())
                .flatMap(it -> Optional.ofNullable(it.getRequests()))
                .map(it -> it.get("storage"))
                .orElse(new Quantity("1Gi"));
        report(
                bound,
                new PersistentVolumeClaimStatusBuilder()
                        .withPhase("Bound")
                        .withAccessModes(bound.getSpec().getAccessModes())
                        .withCapacity(Map.of("storage", requested))
                        .build());
    }

    private PersistentVolumeClaim assignVolume(PersistentVolumeClaim claim) {
        var storageClass = view.storageClasses().stream()
                .map(it -> it.getMetadata())
                .filter(VolumeClaimController::isDefault)
                .map(ObjectMeta::getName)
                .findFirst();
        return client.resource(claim).edit(it -> {
            var builder = new PersistentVolumeClaimBuilder(it)
                    .editSpec()
                    .withVolumeName("pvc-" + it.getMetadata().getUid());
            if (it.getSpec().getStorageClassName() == null) {
                storageClass.ifPresent(builder::withStorageClassName);
            }
            return builder.endSpec().build();
        });
    }

    private void createDirectory(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
                unprivileged.own(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void report(PersistentVolumeClaim claim, PersistentVolumeClaimStatus status) {
        if (!status.equals(claim.getStatus())) {
            StatusPatch.apply(client, claim, status);
        }
    }
}
