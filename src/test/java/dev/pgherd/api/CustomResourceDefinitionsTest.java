package dev.pgherd.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CustomResourceDefinitionsTest {

    @Test
    void thePublishedDefinitionIsTheGeneratedOne() throws IOException {
        publishedIs("postgresinstances.pgherd.dev.yaml", CustomResourceDefinitions.postgresInstanceYaml());
    }

    @Test
    void thePublishedPolicyIsTheGeneratedOne() throws IOException {
        publishedIs("deletion-protection.pgherd.dev.yaml", DeletionProtection.yaml());
    }

    private static void publishedIs(String file, String generated) throws IOException {
        var published = Path.of("crds", file);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(published, generated);
        }
        assertThat(Files.readString(published))
                .describedAs("regenerate with -Dgolden.update=true")
                .isEqualTo(generated);
    }
}
