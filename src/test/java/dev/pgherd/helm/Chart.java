package dev.pgherd.helm;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The published chart, rendered by Helm's own code in this process. */
public final class Chart {

    static final Path DIRECTORY = Path.of("helm", "pgherd");
    static final String NAMESPACE = "pgherd-system";

    private Chart() {}

    /** The reason why Helm's native library cannot be used on this platform, if it cannot. */
    public static Optional<String> unavailable() {
        try {
            Helm.version().call();
            return Optional.empty();
        } catch (LinkageError | RuntimeException e) {
            return Optional.of("Helm's native library cannot be loaded here: " + e.getMessage());
        }
    }

    static Helm helm() {
        return new Helm(DIRECTORY);
    }

    static String render(Path values) {
        return helm().template()
                .withName("pgherd")
                .withNamespace(NAMESPACE)
                .withKubeVersion("v1.36.0")
                .withValuesFile(values)
                .call();
    }

    /** Rendered with single values, such as {@code operator.namespaces[0]}. */
    public static List<GenericKubernetesResource> objects(Map<String, Object> values) {
        var template =
                helm().template().withName("pgherd").withNamespace(NAMESPACE).withKubeVersion("v1.36.0");
        values.forEach(template::set);
        return objects(template.call());
    }

    static List<GenericKubernetesResource> objects(String yaml) {
        return Arrays.stream(yaml.split("(?m)^---.*$"))
                .filter(document -> document.lines().anyMatch(line -> line.startsWith("kind:")))
                .map(document -> Serialization.unmarshal(document, GenericKubernetesResource.class))
                .toList();
    }
}
