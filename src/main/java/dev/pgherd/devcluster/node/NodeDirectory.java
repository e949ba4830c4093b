package dev.pgherd.devcluster.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of one node, locked while it runs: two nodes would stop each other's servers. */
final class NodeDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeDirectory.class);

    private final Path path;
    private final FileChannel lock;
    private @Nullable TemporaryDirectory temporary;

    private NodeDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static NodeDirectory open(Path directory) throws IOException {
        var path = OwnDirectories.createTraversable(directory).toRealPath();
        OwnDirectories.createTraversable(path.resolve("volumes"));
        var channel = FileChannel.open(path.resolve("node.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new NodeDirectory(path, channel);
            }
        } catch (OverlappingFileLockException e) {
            LOG.atDebug().log("Locked by this process");
        }
        channel.close();
        throw new IllegalStateException("another node is running on " + path + ": stop it or use another directory");
    }

    Path path() {
        return path;
    }

    Path volumes() {
        return path.resolve("volumes");
    }

    /** A new directory for what does not outlive the run; that of a run that was killed is removed. */
    Path createTemporary() throws IOException {
        var memory = path.resolve("temporary-directory");
        TemporaryDirectory.removeStale(memory);
        var created = TemporaryDirectory.create(memory);
        temporary = created;
        return created.path();
    }

    @Override
    public void close() {
        try {
            if (temporary != null) {
                temporary.remove();
            }
            lock.close();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("directory", path).setCause(e).log("Not everything was removed");
        }
    }
}
