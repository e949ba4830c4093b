package dev.pgherd.operator.resource;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import java.util.Optional;
import java.util.Set;

/** Names of what is created for one instance. */
public record InstanceNames(String instance) {

    public static InstanceNames of(PostgresInstance instance) {
        return new InstanceNames(instance.getMetadata().getName());
    }

    /** The instance that something of this name belongs to, if it is called as an instance's own. */
    public static Optional<InstanceNames> ofChild(String kind, String name) {
        var instance = switch (kind) {
            case "Pod" -> name.replaceFirst("-0$", "");
            case "PersistentVolumeClaim" -> name.replaceFirst("^data-(.*)-0$", "$1");
            default -> name;
        };
        var names = new InstanceNames(instance);
        return Optional.of(names)
                .filter(n -> Set.of(n.statefulSet(), n.pod(), n.volumeClaim()).contains(name));
    }

    /** Service that applications connect to. */
    public String readWriteService() {
        return instance + "-rw";
    }

    /** Headless Service that governs the StatefulSet. */
    public String podsService() {
        return instance + "-pods";
    }

    public String configMap() {
        return instance + "-config";
    }

    /** Secret with everything an application needs to connect. */
    public String appSecret() {
        return instance + "-app";
    }

    public String superuserSecret() {
        return instance + "-superuser";
    }

    public String agentSecret() {
        return instance + "-agent";
    }

    public String statefulSet() {
        return instance;
    }

    /** The only pod of the StatefulSet. */
    public String pod() {
        return instance + "-0";
    }

    /** The pod that looks whether a change of the major version can be done. */
    public String upgradeCheckPod() {
        return instance + "-upgrade-check";
    }

    /** The pod that changes the major version of the data. */
    public String upgradePod() {
        return instance + "-upgrade";
    }

    /** The pod that looks whether a changed image can be had. */
    public String imageCheckPod() {
        return instance + "-image-check";
    }

    /** The volume of the only pod, as the StatefulSet names it. */
    public String volumeClaim() {
        return StatefulSets.DATA_VOLUME + "-" + pod();
    }
}
