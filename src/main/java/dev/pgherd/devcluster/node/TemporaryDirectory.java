package dev.pgherd.devcluster.node;

import dev.pgherd.devcluster.postgres.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A directory with a short path, because those of Unix sockets are limited to 107 bytes; remembered to be removed. */
record TemporaryDirectory(Path path, Path memory) {

    private static final String PREFIX = "pgherd-";

    static TemporaryDirectory create(Path memory) throws IOException {
        var path = Files.createTempDirectory(PREFIX).toRealPath();
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
        Files.writeString(memory, path.toString());
        return new TemporaryDirectory(path, memory);
    }

    /** Removes what an earlier run that was killed left behind. */
    static void removeStale(Path memory) throws IOException {
        if (!Files.isRegularFile(memory)) {
            return;
        }
        var path = Path.of(Files.readString(memory).strip());
        var parent = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
        if (parent.equals(path.getParent())
                && path.getFileName().toString().startsWith(PREFIX)
                && Files.isDirectory(path)
                && Files.getOwner(path).equals(Files.getOwner(memory))) {
            FileTree.delete(path);
        }
        Files.delete(memory);
    }

    void remove() throws IOException {
        FileTree.delete(path);
        Files.deleteIfExists(memory);
    }
}
