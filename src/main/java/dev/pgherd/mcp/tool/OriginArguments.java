package dev.pgherd.mcp.tool;

import dev.pgherd.api.Origin;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What an instance is for and for whom, as arguments: programs know it, a model would make it up. */
final class OriginArguments {

    private static final String DESCRIPTION = "description";
    private static final String CREATOR = "creator_username";
    private static final int LONGEST_DESCRIPTION = 1000;
    private static final int LONGEST_NAME = 253;

    static final Set<String> NAMES = Set.of(DESCRIPTION, CREATOR);

    private OriginArguments() {}

    static Map<String, String> annotations(Arguments arguments) {
        var annotations = new TreeMap<String, String>();
        put(annotations, Origin.DESCRIPTION, arguments, DESCRIPTION, LONGEST_DESCRIPTION);
        put(annotations, Origin.CREATOR, arguments, CREATOR, LONGEST_NAME);
        return annotations;
    }

    /** The argument that an annotation keeps. */
    static String field(String annotation) {
        return annotation.equals(Origin.CREATOR) ? CREATOR : DESCRIPTION;
    }

    private static void put(
            Map<String, String> annotations, String key, Arguments arguments, String field, int longest) {
        arguments.text(field).ifPresent(text -> {
            if (text.length() > longest) {
                throw ToolFailedException.argument(field, "a text of at most %d characters".formatted(longest));
            }
            annotations.put(key, text);
        });
    }
}
