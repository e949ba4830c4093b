package dev.pgherd.devcluster.node;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The files that containers write to: one each, of bounded size, and the one of the run before. */
public record PodLogFiles(Path directory) {

    private static final long MOST_BYTES = 4L << 20;
    private static final long MOST_IN_A_MESSAGE = 2048;

    /** The output of the container's current run, or of the last one; empty before the first. */
    public Optional<Path> file(String namespace, String pod, String container) {
        return Optional.of(path(namespace, pod, container)).filter(Files::exists);
    }

    private Path path(String namespace, String pod, String container) {
        return directory.resolve(namespace + "_" + pod + "_" + container + ".log");
    }

    /** A new run begins: its output goes to a new, empty file. */
    Path begin(String namespace, String pod, String container) throws IOException {
        var file = path(namespace, pod, container);
        OwnDirectories.createPrivate(directory);
        if (Files.exists(file)) {
            Files.move(
                    file, file.resolveSibling(file.getFileName() + ".previous"), StandardCopyOption.REPLACE_EXISTING);
        }
        return Files.createFile(file);
    }

    void delete(String namespace, String pod, String container) throws IOException {
        var file = path(namespace, pod, container);
        Files.deleteIfExists(file);
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".previous"));
    }

    /** The last lines of a file, as much as Kubernetes takes for a message. */
    static String end(Path file) {
        try (var reader = new RandomAccessFile(file.toFile(), "r")) {
            var tail = new byte[(int) Math.min(reader.length(), MOST_IN_A_MESSAGE)];
            reader.seek(reader.length() - tail.length);
            reader.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** Drops the older half of a file that has become too large, while its process goes on appending. */
    static void trim(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) <= MOST_BYTES) {
            return;
        }
        var tail = new byte[(int) MOST_BYTES / 2];
        try (var reader = new RandomAccessFile(file.toFile(), "r")) {
            reader.seek(reader.length() - tail.length);
            reader.readFully(tail);
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
        Files.write(file, tail, StandardOpenOption.APPEND);
    }
}
