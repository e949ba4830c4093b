package dev.pgherd.devcluster.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Directories that the node makes, with what others may do in them whatever the umask. */
final class OwnDirectories {

    private OwnDirectories() {}

    /** For this user alone. */
    static void createPrivate(Path directory) throws IOException {
        create(directory, "rwx------");
    }

    /** The user that PostgreSQL runs as gets through to what it owns, but nobody else sees what there is. */
    static Path createTraversable(Path directory) throws IOException {
        return create(directory, "rwx--x--x");
    }

    private static Path create(Path directory, String permissions) throws IOException {
        var created = Files.createDirectories(directory);
        Files.setPosixFilePermissions(created, PosixFilePermissions.fromString(permissions));
        return created;
    }
}
