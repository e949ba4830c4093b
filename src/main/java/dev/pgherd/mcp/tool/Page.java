package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list that is sorted by the places of its items, as far as a number of items and of bytes reaches.
 *
 * @param next where the rest begins; empty where there is none
 */
record Page<T>(List<T> items, List<ObjectNode> json, Optional<String> next) {

    private static final String WRONG = "the next_cursor of an earlier answer of this tool";
    private static final String SEPARATOR = "\u0000";

    /** One after a cursor of the same kind of list; at least one item, where there is one. */
    static <T> Page<T> of(List<T> sorted, Function<T, String> place, Bounds bounds, Function<T, ObjectNode> writing) {
        var after = bounds.after();
        var items = new ArrayList<T>();
        var json = new ArrayList<ObjectNode>();
        var bytes = 0;
        for (var item : sorted) {
            if (after.isPresent() && place.apply(item).compareTo(after.get()) <= 0) {
                continue;
            }
            var written = writing.apply(item);
            bytes += written.toString().getBytes(StandardCharsets.UTF_8).length + 1;
            if (items.size() == bounds.limit() || (bytes > bounds.bytes() && !items.isEmpty())) {
                return new Page<>(items, json, Optional.of(bounds.cursor(place.apply(items.get(items.size() - 1)))));
            }
            items.add(item);
            json.add(written);
        }
        return new Page<>(items, json, Optional.empty());
    }

    /** One string that sorts as the parts do one after the other. */
    static String place(String... parts) {
        return String.join(SEPARATOR, parts);
    }

    void addTo(ObjectNode result, String field) {
        ArrayNode list = result.putArray(field);
        json.forEach(list::add);
        next.ifPresent(cursor -> result.put("next_cursor", cursor));
    }

    /** The last line of a text; empty where there is no more. */
    String more() {
        return next.map(cursor -> "\nmore with cursor: " + cursor).orElse("");
    }

    /**
     * Where a page begins and how long it gets.
     *
     * @param kind of list, so that the cursor of another is refused
     * @param cursor as the caller gave it
     */
    record Bounds(String kind, Optional<String> cursor, int limit, int bytes) {

        private Optional<String> after() {
            return cursor.map(this::decoded);
        }

        private String cursor(String place) {
            var text = Page.place(kind, place);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        private String decoded(String given) {
            var prefix = Page.place(kind, "");
            try {
                var text = new String(Base64.getUrlDecoder().decode(given), StandardCharsets.UTF_8);
                if (text.startsWith(prefix)) {
                    return text.substring(prefix.length());
                }
            } catch (IllegalArgumentException e) {
                throw ToolFailedException.argument("cursor", WRONG);
            }
            throw ToolFailedException.argument("cursor", WRONG);
        }
    }
}
