package dev.pgherd.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What a result looks like. */
public enum OutputFormat {
    TABLE,
    JSON,
    YAML,
    /** Of rows alone. */
    CSV;

    /** The result itself for programs, or what people read of it; nothing of what is no rows as CSV. */
    public Optional<String> of(JsonNode result, Supplier<String> forPeople) {
        return switch (this) {
            case TABLE -> Optional.of(forPeople.get());
            case CSV -> Optional.empty();
            case JSON -> Optional.of(result.toPrettyString());
            case YAML ->
                Optional.of(
                        Serialization.asYaml(result).replaceFirst("^---\\R", "").stripTrailing());
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
