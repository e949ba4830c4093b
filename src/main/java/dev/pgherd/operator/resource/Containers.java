package dev.pgherd.operator.resource;

import dev.pgherd.api.v1alpha1.ComputeResources;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.Upgrade;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.Map;

/** The two containers of the pod: one makes the data directory, one runs the server. */
final class Containers {

    private static final String VOLUME = "/var/lib/postgresql";
    private static final String CONFIG = "/etc/pgherd/config";
    private static final String SUPERUSER = "/etc/pgherd/superuser";
    private static final String SOCKETS = "/var/run/postgresql";

    private static final String IMAGE_CHECK = """
            version=`postgres --version` || exit 1
            case "$version" in
              *" (PostgreSQL) $0"[!0-9]*) ;;
              *) echo "it runs $version, but PostgreSQL $0 is wanted: correct spec.imageName" >&2; exit 1 ;;
            esac
            """;

    /**
     * Over TCP: a server that only its Unix socket answers is not one that a client can use. It waits for a moment by
     * itself, so that a start is noticed at once although the kubelet seldom asks.
     */
    private static final String ACCEPTS_CONNECTIONS = "for try in 1 2 3 4 5 6 7 8 9 10; do"
            + " pg_isready -q -h 127.0.0.1 -p " + Services.PORT + " -U postgres && exit; sleep 0.2; done; exit 1";

    private Containers() {}

    static Container bootstrap(PostgresInstance instance) {
        var container = common(instance, "bootstrap").withCommand("sh", CONFIG + "/" + ConfigMaps.BOOTSTRAP);
        if (!instance.wish().initdb().dataChecksums()) {
            container.addToEnv(env("PGHERD_DATA_CHECKSUMS", "false"));
        }
        return container.build();
    }

    static Container postgres(PostgresInstance instance) {
        return common(instance, "postgres")
                .withCommand("postgres")
                // On the command line these win over every file, ALTER SYSTEM included.
                .withArgs(
                        "-D",
                        "$(PGDATA)",
                        "-c",
                        "config_file=" + CONFIG + "/" + ConfigMaps.CONFIGURATION,
                        "-c",
                        "hba_file=" + CONFIG + "/" + ConfigMaps.HOST_BASED_AUTHENTICATION,
                        "-c",
                        "unix_socket_directories=" + SOCKETS,
                        "-c",
                        "listen_addresses=*")
                .withPorts(new ContainerPortBuilder()
                        .withName(Services.PORT_NAME)
                        .withContainerPort(Services.PORT)
                        .withProtocol("TCP")
                        .build())
                // Nothing more: crash recovery takes its time, and only a server that ends is restarted.
                .withReadinessProbe(acceptsConnections())
                .withNewLifecycle()
                .withNewPreStop()
                .withNewExec()
                .withCommand("sh", "-c", "exec pg_ctl stop -D \"$PGDATA\" -m fast -W")
                .endExec()
                .endPreStop()
                .endLifecycle()
                .build();
    }

    /** One step of a change of the major version. */
    static Container upgrade(PostgresInstance instance, Upgrade upgrade, String image, String step) {
        return common(instance, step)
                .withImage(image)
                .withCommand("sh", CONFIG + "/" + ConfigMaps.UPGRADE, step)
                .withEnv(environment(upgrade.to()))
                .addToEnv(env("PGHERD_UPGRADE_FROM", String.valueOf(upgrade.from())))
                .addToEnv(env("PGHERD_UPGRADE_TO", String.valueOf(upgrade.to())))
                .build();
    }

    /** Ends well where the image runs the wanted version. */
    static Container imageCheck(PostgresInstance instance, String image) {
        return common(instance, ImageCheckPods.CONTAINER)
                .withImage(image)
                .withCommand(
                        "sh",
                        "-c",
                        IMAGE_CHECK,
                        String.valueOf(Server.of(instance).major()))
                .withEnv()
                .withVolumeMounts()
                .withResources(small())
                .build();
    }

    /** Of what is there for a moment beside the server. */
    static ResourceRequirements small() {
        return new ResourceRequirementsBuilder()
                .withRequests(Map.of("cpu", new Quantity("10m"), "memory", new Quantity("32Mi")))
                .withLimits(Map.of("cpu", new Quantity("500m"), "memory", new Quantity("256Mi")))
                .build();
    }

    private static ContainerBuilder common(PostgresInstance instance, String name) {
        var server = Server.of(instance);
        return new ContainerBuilder()
                .withName(name)
                .withImage(server.image())
                .withImagePullPolicy("IfNotPresent")
                .withEnv(environment(server.major()))
                .withResources(resources(instance.wish().resources()))
                .withSecurityContext(restricted())
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .withVolumeMounts(mounts());
    }

    /** The official images moved their own PGDATA in 18; with both set explicitly one layout fits all. */
    private static List<EnvVar> environment(int major) {
        return List.of(
                env("PGDATA", VOLUME + "/" + major + "/data"),
                env("PGHERD_VOLUME", VOLUME),
                env("PGHERD_SUPERUSER_PASSWORD_FILE", SUPERUSER + "/" + Secrets.PASSWORD));
    }

    private static EnvVar env(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    private static ResourceRequirements resources(ComputeResources resources) {
        return new ResourceRequirementsBuilder()
                .withRequests(resources.requests())
                .withLimits(resources.limits())
                .build();
    }

    private static SecurityContext restricted() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }

    private static Probe acceptsConnections() {
        return new ProbeBuilder()
                .withNewExec()
                .withCommand("sh", "-c", ACCEPTS_CONNECTIONS)
                .endExec()
                .withPeriodSeconds(5)
                .withTimeoutSeconds(5)
                .withFailureThreshold(2)
                .build();
    }

    private static List<VolumeMount> mounts() {
        return List.of(
                mount(StatefulSets.DATA_VOLUME, VOLUME),
                mount("config", CONFIG),
                mount("superuser", SUPERUSER),
                mount("run", SOCKETS),
                mount("tmp", "/tmp"),
                mount("shm", "/dev/shm"));
    }

    private static VolumeMount mount(String name, String path) {
        return new VolumeMountBuilder().withName(name).withMountPath(path).build();
    }
}
