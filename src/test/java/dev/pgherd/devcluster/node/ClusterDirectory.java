package dev.pgherd.devcluster.node;

import dev.pgherd.devcluster.postgres.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A directory for a cluster that PostgreSQL can enter whoever it runs as. */
record ClusterDirectory(Path path) implements AutoCloseable {

    static ClusterDirectory create() throws IOException {
        var path = Files.createTempDirectory("pgherd-cluster-").toRealPath();
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new ClusterDirectory(path);
    }

    @Override
    public void close() throws IOException {
        FileTree.delete(path);
    }
}
