package dev.pgherd.devcluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodLogFilesTest {

    @TempDir
    Path directory;

    @Test
    void aFileThatHasBecomeTooLargeKeepsItsNewestHalf() throws Exception {
        // Given
        var log = new PodLogFiles(directory).begin("n", "p", "c");
        Files.writeString(log, "x".repeat(5 << 20) + "end");

        // When
        PodLogFiles.trim(log);

        // Then
        assertThat(Files.size(log)).isEqualTo(2 << 20);
        assertThat(Files.readString(log)).endsWith("end");
    }

    @Test
    void onlyTheirOwnerMayReadThem() throws Exception {
        // When
        var log = new PodLogFiles(directory.resolve("logs")).begin("n", "p", "c");

        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void eachRunHasAFileOfItsOwn() throws Exception {
        // Given
        var logs = new PodLogFiles(directory);
        assertThat(logs.file("n", "p", "c")).isEmpty();
        Files.writeString(logs.begin("n", "p", "c"), "first");

        // When
        Files.writeString(logs.begin("n", "p", "c"), "second");

        // Then
        assertThat(logs.file("n", "p", "c").orElseThrow()).hasContent("second");
    }
}
