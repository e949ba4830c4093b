package dev.pgherd.devcluster.node;

import dev.pgherd.devcluster.postgres.Unprivileged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writes the files of a ConfigMap or Secret volume: each changes atomically, and only if its content does. */
final class ProjectedFiles {

    private static final String UNFINISHED = "..unfinished";

    private final Unprivileged unprivileged;

    ProjectedFiles(Unprivileged unprivileged) {
        this.unprivileged = unprivileged;
    }

    void write(Path directory, Map<String, byte[]> files, int mode) throws IOException {
        for (var file : files.entrySet()) {
            var target = directory.resolve(file.getKey()).normalize();
            if (!target.startsWith(directory)) {
                throw new IOException("the path " + file.getKey() + " points out of its volume");
            }
            if (!Files.isRegularFile(target) || !Arrays.equals(Files.readAllBytes(target), file.getValue())) {
                replace(directory, target, file.getValue(), mode);
            }
        }
        removeOthers(directory, files.keySet());
    }

    private void replace(Path directory, Path target, byte[] content, int mode) throws IOException {
        Files.createDirectories(target.getParent());
        var unfinished = directory.resolve(UNFINISHED);
        Files.deleteIfExists(unfinished);
        Files.write(unfinished, content);
        Files.setPosixFilePermissions(unfinished, permissions(mode));
        unprivileged.own(unfinished);
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void removeOthers(Path directory, Set<String> names) throws IOException {
        var keep = new TreeSet<Path>();
        names.forEach(name -> keep.add(directory.resolve(name).normalize()));
        try (var present = Files.walk(directory)) {
            for (var file : present.filter(Files::isRegularFile).toList()) {
                if (!keep.contains(file)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** The owner can always read: the group that a real pod would read by does not exist here. */
    private static Set<PosixFilePermission> permissions(int mode) {
        var all = PosixFilePermission.values();
        var permissions = EnumSet.of(PosixFilePermission.OWNER_READ);
        for (var i = 0; i < all.length; i++) {
            if ((mode & (0400 >> i)) != 0) {
                permissions.add(all[i]);
            }
        }
        return permissions;
    }
}
