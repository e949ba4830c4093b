package dev.pgherd.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CustomResourceDefinitionsTest {

    @Test
    void thePublishedDefinitionIsTheGeneratedOne() throws IOException {
        publishedIs("crds/postgresinstances.pgherd.dev.yaml", CustomResourceDefinitions.postgresInstanceYaml());
    }

    @Test
    void theChartBringsTheSameDefinition() throws IOException {
        publishedIs(
                "helm/pgherd/crds/postgresinstances.pgherd.dev.yaml", CustomResourceDefinitions.postgresInstanceYaml());
    }

    @Test
    void thePublishedPolicyIsTheGeneratedOne() throws IOException {
        publishedIs("crds/deletion-protection.pgherd.dev.yaml", DeletionProtection.yaml());
    }

    private static void publishedIs(String file, String generated) throws IOException {
        var published = Path.of(file);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(published, generated);
        }
        assertThat(Files.readString(published))
                .describedAs("regenerate with -Dgolden.update=true")
                .isEqualTo(generated);
    }
}
