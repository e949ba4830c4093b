package dev.pgherd.cli;

import dev.pgherd.devcluster.postgres.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A new directory that is removed, with all in it, by {@link #close}. */
record TemporaryDirectory(Path path) implements AutoCloseable {

    /** Nobody else can list it, but PostgreSQL can pass through it to its own part. */
    static TemporaryDirectory create(String prefix) throws IOException {
        var path = Files.createTempDirectory(prefix);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
        return new TemporaryDirectory(path);
    }

    @Override
    public void close() throws IOException {
        FileTree.delete(path);
    }
}
