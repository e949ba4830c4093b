package dev.pgherd.devcluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.devcluster.postgres.PostgresBinaries;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagesTest {

    private static final PostgresBinaries BUNDLED = new PostgresBinaries(Path.of("/x"), "17.11");

    @ParameterizedTest
    @CsvSource({
        "postgres:17, true",
        "postgres:17.6-bookworm, true",
        "docker.io/library/postgres:17@sha256:00, true",
        "postgres:170, false",
        "postgres:16, false",
        "postgres, false",
        "mypostgres:17, false",
        "nginx:17, false",
    })
    void onlyPostgresOfTheLocalMajorIsThere(String image, boolean local) {
        assertThat(new Images(BUNDLED, Path.of("/nowhere")).programs(image).isPresent())
                .isEqualTo(local);
    }

    @Test
    void installedProgramsOfOtherVersionsStandForTheirImages(@TempDir Path installed) throws Exception {
        // Given
        var bin = Files.createDirectories(installed.resolve("15").resolve("bin"));
        assertThat(Files.createFile(bin.resolve("postgres")).toFile().setExecutable(true))
                .isTrue();
        var images = new Images(BUNDLED, installed);

        // Then
        assertThat(images.programs("postgres:15.4")).contains(bin);
        assertThat(images.programs("postgres:17")).contains(Path.of("/x/bin"));
        assertThat(images.programs("postgres:16")).isEmpty();
    }
}
