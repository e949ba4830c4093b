package dev.pgherd.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Locale;
import java.util.function.Supplier;

/** What a result looks like. */
public enum OutputFormat {
    TABLE,
    JSON,
    YAML;

    /** The result itself for programs, or what people read of it. */
    public String of(JsonNode result, Supplier<String> forPeople) {
        return switch (this) {
            case TABLE -> forPeople.get();
            case JSON -> result.toPrettyString();
            case YAML ->
                Serialization.asYaml(result).replaceFirst("^---\\R", "").stripTrailing();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
