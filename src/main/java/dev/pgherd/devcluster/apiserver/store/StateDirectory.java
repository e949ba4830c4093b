package dev.pgherd.devcluster.apiserver.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One file an object, replaced atomically, so that a kill at any moment leaves whole objects. */
final class StateDirectory implements AutoCloseable {

    private static final String CLUSTER_WIDE = "_";

    private final Path root;
    private final Path objects;
    private final Path counter;
    private final FileChannel lock;

    private StateDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.objects = root.resolve("objects");
        this.counter = root.resolve("resource-version");
        this.lock = lock;
    }

    static StateDirectory open(Path root) {
        try {
            createPrivate(root);
            Files.createDirectories(root.resolve("objects"));
            return new StateDirectory(root, lock(root));
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    private static void createPrivate(Path root) throws IOException {
        Files.createDirectories(root);
        if (Files.getFileStore(root).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @SuppressWarnings("StreamResourceLeak")
    private static FileChannel lock(Path root) throws IOException {
        var channel = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // the same as a lock held by another process
        }
        channel.close();
        throw new IOException("it is in use by another server");
    }

    private static UncheckedIOException unusable(Path path, IOException cause) {
        var message = "Cannot use the state directory " + path + ": " + cause.getMessage() + " ("
                + cause.getClass().getSimpleName() + "); make it accessible or choose another one";
        return new UncheckedIOException(message, cause);
    }

    private static UncheckedIOException damaged(Path file, String why, @Nullable Exception cause) {
        var message = "The file " + file + " is damaged: " + why
                + "; remove it, which loses what it holds, or start with --fresh, which discards everything";
        return new UncheckedIOException(message, new IOException(why, cause));
    }

    void load(BiConsumer<ObjectKey, ObjectNode> each) {
        for (var file : files()) {
            try {
                if (file.toString().endsWith(".json")) {
                    each.accept(key(file), read(file));
                } else {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw unusable(root, e);
            }
        }
    }

    private List<Path> files() {
        try (var files = Files.walk(objects)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw unusable(root, e);
        } catch (UncheckedIOException e) {
            throw unusable(root, new IOException(e));
        }
    }

    private static ObjectNode read(Path file) throws IOException {
        try {
            if (Json.read(Files.readAllBytes(file)) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw damaged(file, e.getOriginalMessage(), e);
        }
        throw damaged(file, "it holds no object", null);
    }

    long loadCounter() {
        try {
            return Files.exists(counter)
                    ? Long.parseLong(Files.readString(counter).strip())
                    : 0;
        } catch (IOException e) {
            throw unusable(root, e);
        } catch (NumberFormatException e) {
            throw damaged(counter, "it holds no number", e);
        }
    }

    void saveCounter(long value) {
        replace(counter, Long.toString(value).getBytes(StandardCharsets.UTF_8));
    }

    void save(ObjectKey key, ObjectNode object) {
        replace(file(key), Json.bytes(object));
    }

    void delete(ObjectKey key) {
        try {
            Files.deleteIfExists(file(key));
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    private void replace(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            var temporary = file.resolveSibling(file.getFileName() + ".tmp");
            Files.write(temporary, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    private Path file(ObjectKey key) {
        var namespace = key.namespace().isEmpty() ? CLUSTER_WIDE : key.namespace();
        return objects.resolve(key.resource()).resolve(namespace).resolve(key.name() + ".json");
    }

    private ObjectKey key(Path file) {
        var relative = objects.relativize(file);
        var namespace = relative.getName(1).toString();
        var name = relative.getName(2).toString();
        return new ObjectKey(
                relative.getName(0).toString(),
                namespace.equals(CLUSTER_WIDE) ? "" : namespace,
                name.substring(0, name.length() - ".json".length()));
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }
}
