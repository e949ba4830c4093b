package dev.pgherd.mcp.prompt;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lines with places for values, such as {@code {instance}}. */
record PromptText(List<String> lines) {

    private static final Pattern PLACE = Pattern.compile("\\{([a-z_]+)}");

    PromptText {
        lines = List.copyOf(lines);
    }

    /** Without the lines for which there is no value. */
    String filled(Map<String, String> values) {
        return lines.stream()
                .filter(line -> PLACE.matcher(line).results().allMatch(place -> values.containsKey(place.group(1))))
                .map(line -> PLACE.matcher(line)
                        .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), ""))))
                .collect(Collectors.joining("\n"));
    }
}
