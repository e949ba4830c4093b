package dev.pgherd.operator;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.Upgrade;
import dev.pgherd.api.v1alpha1.UpgradeMethod;
import dev.pgherd.operator.resource.InstanceNames;
import dev.pgherd.operator.resource.UpgradePods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pods of a change of the major version, as the API has them. */
record UpgradeWork(PostgresInstance instance, KubernetesClient client) {

    private static final Logger LOGGER = LoggerFactory.getLogger(UpgradeWork.class);
    private static final int SIDECARS = 29;

    Optional<Pod> find(String name) {
        return Optional.ofNullable(
                client.pods().inNamespace(namespace()).withName(name).get());
    }

    /** Made for the spec as it is now and for this method, and not on its way out. */
    boolean current(Pod pod, UpgradeMethod method) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && annotated(
                        pod,
                        UpgradePods.GENERATION,
                        String.valueOf(instance.getMetadata().getGeneration()))
                && annotated(pod, UpgradePods.METHOD, method.name());
    }

    private static boolean annotated(Pod pod, String key, String value) {
        return Optional.ofNullable(pod.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(key))
                .filter(value::equals)
                .isPresent();
    }

    /** An API that does not know a container which serves the others takes it for one to wait for. */
    Optional<String> unable(Upgrade upgrade) {
        if (!upgrade.dumps()) {
            return Optional.empty();
        }
        var version = client.getKubernetesVersion();
        var minor = Integer.parseInt("0" + version.getMinor().replaceAll("\\D.*", ""));
        return "1".equals(version.getMajor()) && minor < SIDECARS
                ? Optional.of("a dump needs Kubernetes 1.%d or later, and this is 1.%d".formatted(SIDECARS, minor))
                : Optional.empty();
    }

    /** Two servers on one directory destroy it, so only the API's own word counts that the old one has ended. */
    boolean serverIsGone() {
        var names = InstanceNames.of(instance);
        var set = client.apps()
                .statefulSets()
                .inNamespace(namespace())
                .withName(names.statefulSet())
                .get();
        return set != null && scaledDown(set) && find(names.pod()).isEmpty();
    }

    private static boolean scaledDown(StatefulSet set) {
        return set.getSpec().getReplicas() == 0
                && set.getStatus() != null
                && set.getMetadata().getGeneration().equals(set.getStatus().getObservedGeneration());
    }

    /** What a pod of somebody else tells or does is nothing to go by, and such a one is never ours to delete. */
    boolean own(Pod pod) {
        return new OwnPods(instance, client).own(pod);
    }

    /** @throws dev.pgherd.operator.dependent.NameTakenException where a pod of somebody else has the name */
    void create(Pod pod) {
        new OwnPods(instance, client).create(pod);
        log(pod, "upgrade pod created");
    }

    void delete(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() == null) {
            client.resource(pod).delete();
            log(pod, "upgrade pod deleted");
        }
    }

    private static void log(Pod pod, String event) {
        LOGGER.atInfo()
                .addKeyValue("namespace", pod.getMetadata().getNamespace())
                .addKeyValue("pod", pod.getMetadata().getName())
                .log(event);
    }

    private String namespace() {
        return instance.getMetadata().getNamespace();
    }
}
