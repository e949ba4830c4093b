package dev.pgherd.devcluster;

import dev.pgherd.devcluster.postgres.FileTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The directory of an embedded cluster, claimed by one process at a time. */
final class DevDirectory implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final List<String> OURS = List.of("api", "node", "kubeconfig", "pgherd.log");

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DevDirectory(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /** Makes the directory where it is missing and locks it for as long as this process lives. */
    static DevDirectory claim(Path path) {
        try {
            requireOurs(Files.createDirectories(path));
            return lock(path);
        } catch (IOException e) {
            throw new DevClusterException(
                    "the directory %s cannot be used: %s; choose another with --data-dir, or make it writable for this user"
                            .formatted(path, reason(e)),
                    e);
        }
    }

    /** Removes what clusters keep here, and nothing else. */
    void discard() throws IOException {
        for (var name : OURS) {
            FileTree.delete(path.resolve(name));
        }
    }

    /** Writes a file that only its owner may read. */
    void write(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }

    /** Somebody's own files are no place for a cluster: one day its directory is discarded. */
    private static void requireOurs(Path path) throws IOException {
        try (var entries = Files.list(path)) {
            if (entries.findAny().isPresent() && !Files.exists(path.resolve(LOCK))) {
                throw new DevClusterException(
                        "the directory %s holds files that are not PgHerd's; choose an empty or a new one with --data-dir"
                                .formatted(path));
            }
        }
    }

    private static DevDirectory lock(Path path) throws IOException {
        var channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            throw new DevClusterException(
                    "another pgherd uses the directory %s; stop it, or choose another with --data-dir".formatted(path));
        }
        return new DevDirectory(path, channel, lock);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String reason(IOException e) {
        if (e instanceof FileAlreadyExistsException) {
            return "it is a file";
        }
        return e instanceof AccessDeniedException denied
                ? "no permission for " + denied.getFile()
                : String.valueOf(e.getMessage());
    }
}
