package dev.pgherd.mcp.method;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How much a message matters, from least to most. */
public enum LogLevel {
    DEBUG,
    INFO,
    NOTICE,
    WARNING,
    ERROR,
    CRITICAL,
    ALERT,
    EMERGENCY;

    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<LogLevel> of(JsonNode name) {
        return Arrays.stream(values())
                .filter(level -> level.tag().equals(name.textValue()))
                .findFirst();
    }

    /** All of them, for the words of an error. */
    public static String choice() {
        return Arrays.stream(values()).map(LogLevel::tag).collect(Collectors.joining(", "));
    }
}
