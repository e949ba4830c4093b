package dev.pgherd.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CustomResourceDefinitionsTest {

    private static final Path PUBLISHED = Path.of("crds", "postgresinstances.pgherd.dev.yaml");

    @Test
    void thePublishedDefinitionIsTheGeneratedOne() throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PUBLISHED, CustomResourceDefinitions.postgresInstanceYaml());
        }
        assertThat(Files.readString(PUBLISHED))
                .describedAs("regenerate with `pgherd crd > %s`", PUBLISHED)
                .isEqualTo(CustomResourceDefinitions.postgresInstanceYaml());
    }
}
