package dev.pgherd.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A path with names in braces for the parts that vary. */
record PathTemplate(String text) {

    /** What stands for the names, where the path fits. */
    Optional<Map<String, String>> match(String path) {
        var wanted = segments(text);
        var given = segments(path);
        if (wanted.size() != given.size()) {
            return Optional.empty();
        }
        var values = new LinkedHashMap<String, String>();
        for (var index = 0; index < wanted.size(); index++) {
            var part = wanted.get(index);
            if (part.startsWith("{") && !given.get(index).isEmpty()) {
                values.put(part.substring(1, part.length() - 1), given.get(index));
            } else if (!part.equals(given.get(index))) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }
}
