package dev.pgherd.mcp.method;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a page ended.
 *
 * @param list which one it is a page of
 * @param position where the last item of the page was
 * @param last that item's key
 */
record Cursor(String list, int position, String last) {

    private static final String BETWEEN = "\n";

    String text() {
        var plain = String.join(BETWEEN, list, Integer.toString(position), last);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty for what this server never gave out. */
    static Optional<Cursor> parse(String text) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(BETWEEN, 3);
            var cursor = new Cursor(parts[0], Integer.parseInt(parts.length == 3 ? parts[1] : ""), parts[2]);
            return cursor.position() >= 0 ? Optional.of(cursor) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
