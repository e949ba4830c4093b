package dev.pgherd.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Arguments of a tool as a command line gives them: what is not given is left out. */
final class Given {

    private final Map<String, @Nullable Object> arguments = new LinkedHashMap<>();

    Given and(String name, @Nullable Object value) {
        if (value != null) {
            arguments.put(name, value);
        }
        return this;
    }

    Map<String, @Nullable Object> arguments() {
        return arguments;
    }
}
