package dev.pgherd.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.lifecycle.RunState;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every child of an instance as YAML: a directory is a case; {@code -Dgolden.update=true} rewrites the answers. */
class GoldenTest {

    private static final Path CASES = Path.of("src", "test", "resources", "golden");

    @TestFactory
    Stream<DynamicContainer> eachInstanceBecomesTheseObjects() {
        return list(CASES)
                .map(directory -> dynamicContainer(
                        directory.getFileName().toString(),
                        Stream.concat(children(directory), Stream.of(nothingUnused(directory)))));
    }

    private static Stream<DynamicTest> children(Path directory) {
        return desired(instance(directory)).entrySet().stream()
                .map(child -> dynamicTest(
                        child.getKey(), () -> matches(directory.resolve(child.getKey()), child.getValue())));
    }

    private static DynamicTest nothingUnused(Path directory) {
        return dynamicTest(
                "no unused file",
                () -> assertThat(list(directory).map(file -> file.getFileName().toString()))
                        .isSubsetOf(Stream.concat(Stream.of("in.yaml"), desired(instance(directory)).keySet().stream())
                                .toList()));
    }

    private static void matches(Path golden, HasMetadata child) throws IOException {
        var yaml = Serialization.asYaml(child);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, yaml);
        }
        assertThat(yaml).isEqualTo(Files.readString(golden));
    }

    private static Map<String, HasMetadata> desired(PostgresInstance instance) {
        var run = instance.wish().hibernated() ? new RunState.Hibernated("asked for") : new RunState.Running();
        var children = new LinkedHashMap<String, HasMetadata>();
        Stream.of(
                        Secrets.superuser(instance, Optional.empty(), () -> "superuser-password"),
                        Secrets.app(instance, Optional.empty(), () -> "app:pass/word"),
                        Secrets.agent(instance, Optional.empty(), () -> "agent-password"),
                        ConfigMaps.config(instance),
                        Services.readWrite(instance),
                        Services.pods(instance),
                        StatefulSets.statefulSet(instance, run, StatefulSets.wantedSize(instance)))
                .forEach(child -> children.put(
                        "out-%s-%s.yaml"
                                .formatted(child.getKind(), child.getMetadata().getName()),
                        child));
        return children;
    }

    private static PostgresInstance instance(Path directory) {
        try {
            return Serialization.unmarshal(Files.readString(directory.resolve("in.yaml")), PostgresInstance.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> list(Path directory) {
        try (var files = Files.list(directory)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
