package dev.pgherd.mcp.tool;

import dev.pgherd.api.Origin;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What an instance is for and for whom, as arguments: programs know it, a model would make it up. */
final class OriginArguments {

    private static final String DESCRIPTION = "description";
    private static final String CREATOR = "creator_username";

    /** By annotation, how many characters there may be. */
    private static final Map<String, Integer> LONGEST = Map.of(Origin.DESCRIPTION, 1000, Origin.CREATOR, 253);

    static final Set<String> NAMES = Set.of(DESCRIPTION, CREATOR);

    private OriginArguments() {}

    static Map<String, String> annotations(Arguments arguments) {
        var annotations = new TreeMap<String, String>();
        LONGEST.forEach((annotation, longest) -> put(annotations, annotation, arguments, longest));
        return annotations;
    }

    /** The same for an instance that is there; empty texts for what is to go. */
    static Map<String, String> changes(Arguments arguments) {
        var changes = new TreeMap<String, String>();
        LONGEST.forEach((annotation, longest) -> {
            if (arguments.takesAway(field(annotation))) {
                changes.put(annotation, "");
            } else {
                put(changes, annotation, arguments, longest);
            }
        });
        return changes;
    }

    /** The argument that an annotation keeps. */
    static String field(String annotation) {
        return annotation.equals(Origin.CREATOR) ? CREATOR : DESCRIPTION;
    }

    private static void put(Map<String, String> annotations, String key, Arguments arguments, int longest) {
        var field = field(key);
        arguments.text(field).ifPresent(text -> {
            if (text.length() > longest) {
                throw ToolFailedException.argument(field, "a text of at most %d characters".formatted(longest));
            }
            annotations.put(key, text);
        });
    }
}
