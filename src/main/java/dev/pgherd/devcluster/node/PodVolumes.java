package dev.pgherd.devcluster.node;

import dev.pgherd.devcluster.postgres.Unprivileged;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The volumes of a pod as directories; preparing them again brings changed ConfigMaps and Secrets up to date. */
final class PodVolumes {

    private static final int DEFAULT_MODE = 0644;

    private final ClusterView view;
    private final Unprivileged unprivileged;
    private final Function<PersistentVolumeClaim, Path> claimDirectory;
    private final ProjectedFiles files;

    PodVolumes(ClusterView view, Unprivileged unprivileged, Function<PersistentVolumeClaim, Path> claimDirectory) {
        this.view = view;
        this.unprivileged = unprivileged;
        this.claimDirectory = claimDirectory;
        this.files = new ProjectedFiles(unprivileged);
    }

    /** The directory of each volume by its name, below {@code directory} unless a claim has its own. */
    Map<String, Path> prepare(Pod pod, Path directory) throws CannotStartYetException {
        var prepared = new LinkedHashMap<String, Path>();
        for (var volume : pod.getSpec().getVolumes()) {
            try {
                prepared.put(volume.getName(), prepare(pod, volume, directory.resolve(volume.getName())));
            } catch (IOException e) {
                throw CannotStartYetException.mount(
                        "MountVolume.SetUp failed for volume \"" + volume.getName() + "\": " + e);
            }
        }
        return prepared;
    }

    private Path prepare(Pod pod, Volume volume, Path own) throws IOException, CannotStartYetException {
        var namespace = pod.getMetadata().getNamespace();
        if (volume.getPersistentVolumeClaim() != null) {
            return claimed(namespace, volume.getPersistentVolumeClaim().getClaimName());
        }
        if (!Files.isDirectory(own)) {
            Files.createDirectories(own);
            unprivileged.own(own);
        }
        if (volume.getConfigMap() != null) {
            var source = volume.getConfigMap();
            var content = configMap(namespace, source.getName(), source.getOptional());
            files.write(own, select(volume, content, source.getItems()), mode(source.getDefaultMode()));
        } else if (volume.getSecret() != null) {
            var source = volume.getSecret();
            var content = secret(namespace, source.getSecretName(), source.getOptional());
            files.write(own, select(volume, content, source.getItems()), mode(source.getDefaultMode()));
        } else if (volume.getEmptyDir() == null) {
            throw CannotStartYetException.mount("volume \"" + volume.getName() + "\" has a type that the embedded"
                    + " cluster does not have; it has persistentVolumeClaim, configMap, secret and emptyDir");
        }
        return own;
    }

    private Path claimed(String namespace, String name) throws IOException, CannotStartYetException {
        var claim = view.claim(namespace, name)
                .filter(it -> it.getMetadata().getDeletionTimestamp() == null)
                .orElseThrow(() ->
                        CannotStartYetException.unschedulable("persistentvolumeclaim \"" + name + "\" not found"));
        if (claim.getStatus() == null || !"Bound".equals(claim.getStatus().getPhase())) {
            throw CannotStartYetException.unschedulable(
                    "0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims (" + name + ").");
        }
        var directory = claimDirectory.apply(claim);
        if (!Files.isDirectory(directory)) {
            throw new IOException("the directory of claim " + name + " is missing: " + directory);
        }
        return directory;
    }

    private Map<String, byte[]> configMap(String namespace, String name, @Nullable Boolean optional)
            throws CannotStartYetException {
        var found = view.configMap(namespace, name);
        requirePresent(found, optional, "configmap", name);
        var content = new LinkedHashMap<String, byte[]>();
        found.ifPresent(map -> {
            orEmpty(map.getData()).forEach((key, text) -> content.put(key, text.getBytes(StandardCharsets.UTF_8)));
            orEmpty(map.getBinaryData())
                    .forEach((key, data) -> content.put(key, Base64.getDecoder().decode(data)));
        });
        return content;
    }

    private Map<String, byte[]> secret(String namespace, String name, @Nullable Boolean optional)
            throws CannotStartYetException {
        var found = view.secret(namespace, name);
        requirePresent(found, optional, "secret", name);
        var content = new LinkedHashMap<String, byte[]>();
        found.ifPresent(secret -> orEmpty(secret.getData())
                .forEach((key, data) -> content.put(key, Base64.getDecoder().decode(data))));
        return content;
    }

    private static void requirePresent(Optional<?> found, @Nullable Boolean optional, String kind, String name)
            throws CannotStartYetException {
        if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
            throw CannotStartYetException.mount(kind + " \"" + name + "\" not found");
        }
    }

    private static Map<String, byte[]> select(Volume volume, Map<String, byte[]> content, List<KeyToPath> items)
            throws CannotStartYetException {
        if (items == null || items.isEmpty()) {
            return content;
        }
        var selected = new LinkedHashMap<String, byte[]>();
        for (var item : items) {
            if (!content.containsKey(item.getKey())) {
                throw CannotStartYetException.mount(
                        "volume \"" + volume.getName() + "\" references non-existent key: " + item.getKey());
            }
            selected.put(item.getPath(), Objects.requireNonNull(content.get(item.getKey())));
        }
        return selected;
    }

    /** Where the container's mount paths are. */
    static MountedPaths mountedIn(Container container, Map<String, Path> volumes) {
        var paths = new LinkedHashMap<String, Path>();
        container.getVolumeMounts().forEach(mount -> {
            var volume = volumes.get(mount.getName());
            if (volume != null) {
                var subPath = Objects.requireNonNullElse(mount.getSubPath(), "");
                paths.put(mount.getMountPath(), volume.resolve(subPath));
            }
        });
        return new MountedPaths(paths);
    }

    private static int mode(@Nullable Integer mode) {
        return Objects.requireNonNullElse(mode, DEFAULT_MODE);
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return Objects.requireNonNullElse(map, Map.of());
    }
}
