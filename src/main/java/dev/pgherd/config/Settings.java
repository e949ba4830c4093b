package dev.pgherd.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads typed values out of an environment; a blank value counts as absent. */
record Settings(Map<String, String> environment) {

    String text(String key, String fallback) {
        return find(key).orElse(fallback);
    }

    /** A comma-separated list. */
    List<String> list(String key, List<String> fallback) {
        return find(key).map(Settings::parts).orElse(fallback);
    }

    int integer(String key, int fallback, int least, int most) {
        return find(key)
                .map(value -> parse(key, value, least, most, "a whole number from %d to %d".formatted(least, most)))
                .orElse(fallback);
    }

    /** Whole seconds. */
    Duration seconds(String key, Duration fallback, int least, int most) {
        return find(key)
                .map(value ->
                        parse(key, value, least, most, "a number of seconds from %d to %d".formatted(least, most)))
                .map(Duration::ofSeconds)
                .orElse(fallback);
    }

    boolean flag(String key, boolean fallback) {
        return find(key)
                .map(value -> switch (value) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new InvalidSettingException(key, value, "true or false");
                })
                .orElse(fallback);
    }

    Optional<String> find(String key) {
        return Optional.ofNullable(environment.get(key)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static int parse(String key, String value, int least, int most, String allowed) {
        try {
            var number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new InvalidSettingException(key, value, allowed);
        }
        throw new InvalidSettingException(key, value, allowed);
    }

    private static List<String> parts(String value) {
        return Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
