package dev.pgherd.devcluster.node;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes claims and pods match each StatefulSet, in order of their ordinals. */
final class StatefulSetController {

    private static final String NAME = "statefulset-controller";
    private static final Duration WHILE_A_CLAIM_GOES = Duration.ofMillis(500);

    private final KubernetesClient client;
    private final Events events;
    private final WorkQueue queue;

    StatefulSetController(KubernetesClient client, Events events, WorkQueue queue) {
        this.client = client;
        this.events = events;
        this.queue = queue;
    }

    void changed(StatefulSet set) {
        enqueue(set.getMetadata().getNamespace(), set.getMetadata().getName());
    }

    /** A pod changed: its StatefulSet may have something to do. */
    void changed(Pod pod) {
        pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> owner.getKind().equals("StatefulSet"))
                .forEach(owner -> enqueue(pod.getMetadata().getNamespace(), owner.getName()));
    }

    private void enqueue(String namespace, String name) {
        enqueueAfter(Duration.ZERO, namespace, name);
    }

    private void enqueueAfter(Duration delay, String namespace, String name) {
        queue.addAfter(delay, "statefulset/" + namespace + "/" + name, () -> reconcile(namespace, name));
    }

    /** Reads from the API, not from a cache: acting on an old view would delete a pod that has just been replaced. */
    private void reconcile(String namespace, String name) {
        var set = client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName(name)
                .get();
        if (set == null || set.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        var wanted = StatefulSetParts.of(set);
        var leaving = wanted.claims().stream()
                .filter(claim -> !ensureClaim(claim))
                .map(claim -> claim.getMetadata().getName())
                .collect(Collectors.toSet());
        var pods = podsOf(set);
        deleteFailed(pods);
        var complete = advance(set, wanted, pods, leaving);
        var status = StatefulSetProgress.of(set, wanted, podsOf(set), complete);
        if (!status.equals(set.getStatus())) {
            var patch = new io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder()
                    .withNewMetadata()
                    .withNamespace(namespace)
                    .withName(name)
                    .endMetadata()
                    .withStatus(status)
                    .build();
            StatusPatch.apply(client, patch, status);
        }
    }

    private List<Pod> podsOf(StatefulSet set) {
        return client.pods().inNamespace(set.getMetadata().getNamespace()).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner ->
                                Objects.equals(owner.getUid(), set.getMetadata().getUid())))
                .toList();
    }

    /** False while there is a claim of that name that is going: its volume goes with it. */
    private boolean ensureClaim(PersistentVolumeClaim wanted) {
        var found = client.resource(wanted).get();
        if (found == null) {
            client.resource(wanted).create();
        } else if (isLeaving(found, wanted)) {
            return false;
        } else if (!found.getMetadata()
                .getOwnerReferences()
                .equals(wanted.getMetadata().getOwnerReferences())) {
            client.resource(found).edit(claim -> {
                claim.getMetadata()
                        .setOwnerReferences(new ArrayList<>(wanted.getMetadata().getOwnerReferences()));
                return claim;
            });
        }
        return true;
    }

    /** The claim of an earlier set of the same name is about to be deleted when it has not been marked yet. */
    private static boolean isLeaving(PersistentVolumeClaim found, PersistentVolumeClaim wanted) {
        var owners = wanted.getMetadata().getOwnerReferences();
        return found.getMetadata().getDeletionTimestamp() != null
                || found.getMetadata().getOwnerReferences().stream()
                        .anyMatch(before -> owners.stream()
                                .anyMatch(owner -> owner.getKind().equals(before.getKind())
                                        && owner.getName().equals(before.getName())
                                        && !owner.getUid().equals(before.getUid())));
    }

    /** A pod that failed as a whole, as an evicted one does, never runs again. */
    private void deleteFailed(List<Pod> pods) {
        pods.stream()
                .filter(pod -> pod.getStatus() != null
                        && "Failed".equals(pod.getStatus().getPhase()))
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .forEach(pod -> client.resource(pod).delete());
    }

    /** One pod after the other unless the set is parallel; false while something is still to be done. */
    private boolean advance(StatefulSet set, StatefulSetParts wanted, List<Pod> pods, Set<String> leaving) {
        var complete = true;
        for (var pod : wanted.pods()) {
            var name = pod.getMetadata().getName();
            var found = pods.stream()
                    .filter(it -> it.getMetadata().getName().equals(name))
                    .toList();
            var settled = found.isEmpty()
                    ? create(set, pod, leaving) && wanted.parallel()
                    : PodReadiness.isReady(found.get(0));
            if (!settled && !wanted.parallel()) {
                deleteOutdated(set, wanted, found);
                return false;
            }
            complete = complete && settled;
        }
        return deleteOutdated(set, wanted, pods) && complete;
    }

    private boolean create(StatefulSet set, Pod pod, Set<String> leaving) {
        var claim = StatefulSetParts.claimNames(pod).filter(leaving::contains).findFirst();
        if (claim.isPresent()) {
            failedCreate(set, pod, "persistentvolumeclaim \"" + claim.get() + "\" is being deleted");
            var metadata = set.getMetadata();
            enqueueAfter(WHILE_A_CLAIM_GOES, metadata.getNamespace(), metadata.getName());
            return false;
        }
        try {
            client.resource(pod).create();
            events.normal(
                    set,
                    NAME,
                    "SuccessfulCreate",
                    "create Pod " + pod.getMetadata().getName() + " successful");
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            failedCreate(set, pod, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private void failedCreate(StatefulSet set, Pod pod, String why) {
        events.warning(
                set, NAME, "FailedCreate", "create Pod " + pod.getMetadata().getName() + " failed: " + why);
    }

    /** Surplus pods and pods of an older template go, one at a time, the highest ordinal first. */
    private boolean deleteOutdated(StatefulSet set, StatefulSetParts wanted, List<Pod> pods) {
        var outdated = pods.stream()
                .filter(wanted::isOutdated)
                .max(java.util.Comparator.comparingInt(StatefulSetParts::ordinal));
        outdated.filter(pod -> pod.getMetadata().getDeletionTimestamp() == null).ifPresent(pod -> {
            client.resource(pod).delete();
            events.normal(
                    set,
                    NAME,
                    "SuccessfulDelete",
                    "delete Pod " + pod.getMetadata().getName() + " successful");
        });
        return outdated.isEmpty();
    }
}
