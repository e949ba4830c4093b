package dev.pgherd.devcluster.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;

/** A directory with unpacked archives that processes share: what has its final name is complete. */
record BinariesCache(Path directory) {

    private static final String UNFINISHED = ".unfinished";
    private static final Object ONE_AT_A_TIME_IN_THIS_JVM = new Object();

    Path provide(BinariesArchive archive, Consumer<String> progress) throws IOException {
        var home = directory.resolve("postgresql-" + archive.fingerprint());
        if (Files.isDirectory(home)) {
            return home;
        }
        Files.createDirectories(directory);
        synchronized (ONE_AT_A_TIME_IN_THIS_JVM) {
            try (var lock = FileChannel.open(
                            directory.resolve("postgresql.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = lock.lock()) {
                return Files.isDirectory(home) || !held.isValid() ? home : unpack(archive, home, progress);
            }
        }
    }

    /** An unfinished directory seen under the lock belongs to nobody: its process was killed. */
    private static Path unpack(BinariesArchive archive, Path home, Consumer<String> progress) throws IOException {
        var unfinished = home.resolveSibling(home.getFileName() + UNFINISHED);
        FileTree.delete(unfinished);
        progress.accept("unpacking PostgreSQL into " + home);
        Files.createDirectories(unfinished);
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
        archive.unpack(unfinished);
        return Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
    }
}
