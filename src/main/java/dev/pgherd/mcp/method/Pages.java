package dev.pgherd.mcp.method;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Lists in pages. A page begins after the last item of the one before it, wherever that is by now.
 *
 * @param size how many items a page has at most
 */
public record Pages(int size) {

    /** What a client can read at once, and a model too. */
    public static final Pages USUAL = new Pages(100);

    /**
     * The page that was asked for.
     *
     * @param field the result's, such as {@code tools}
     * @param items the whole list as it is now
     * @param key names an item among the others
     */
    public <T> ObjectNode answer(
            JsonNode params, String field, List<T> items, Function<T, String> key, Function<T, JsonNode> json) {
        var keys = items.stream().map(key).toList();
        var start = start(params.path("cursor"), field, keys);
        var end = Math.min(items.size(), start + size);
        var result = JsonNodeFactory.instance.objectNode();
        var page = new ArrayNode(JsonNodeFactory.instance, end - start);
        items.subList(start, end).forEach(item -> page.add(json.apply(item)));
        result.set(field, page);
        if (end < items.size()) {
            result.put("nextCursor", new Cursor(field, end - 1, keys.get(end - 1)).text());
        }
        return result;
    }

    private static int start(JsonNode text, String field, List<String> keys) {
        if (text.isMissingNode() || text.isNull()) {
            return 0;
        }
        var cursor = Cursor.parse(text.asText())
                .filter(known -> text.isTextual() && known.list().equals(field))
                .orElseThrow(() -> RpcException.invalidParams(
                        "Unknown cursor; leave it out to begin with the first page of %s.".formatted(field)));
        var last = keys.indexOf(cursor.last());
        return last >= 0 ? last + 1 : afterWhatHasGone(cursor, keys);
    }

    /** In a list in order that is known; in others, items may come twice rather than not at all. */
    private static int afterWhatHasGone(Cursor cursor, List<String> keys) {
        var ordered = IntStream.range(1, keys.size())
                .allMatch(index -> keys.get(index - 1).compareTo(keys.get(index)) < 0);
        return ordered
                ? (int) keys.stream()
                        .takeWhile(key -> key.compareTo(cursor.last()) < 0)
                        .count()
                : Math.min(cursor.position(), keys.size());
    }
}
