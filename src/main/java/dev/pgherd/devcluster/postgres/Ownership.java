package dev.pgherd.devcluster.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Changes owner and group of directory trees; what has the right owner already costs only a look at it. */
final class Ownership {

    private Ownership() {}

    static void change(Path root, int user) throws IOException {
        try (var files = Files.walk(root)) {
            files.forEach(file -> changeOne(file, user));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void changeOne(Path file, int user) {
        try {
            if (!Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(user)) {
                Files.setAttribute(file, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:gid", user, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (NoSuchFileException e) {
            // vanished meanwhile, like temporary files do
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
