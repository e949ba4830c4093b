package dev.pgherd.devcluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.devcluster.postgres.PostgresBinaries;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagesTest {

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
        assertThat(new Images(new PostgresBinaries(Path.of("/x"), "17.11")).isLocal(image))
                .isEqualTo(local);
    }
}
