package dev.pgherd.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;

/**
 * A value as JSON.
 *
 * @param bytes its length in the answer, at most slightly overestimated
 */
record EncodedCell(JsonNode node, int bytes, boolean cut) {

    static final EncodedCell NULL = new EncodedCell(NullNode.getInstance(), 4, false);

    private static final int UNICODE_ESCAPE = 6;

    /** The length of UTF-8 text as a JSON string, with its quotes. */
    static int escapedLength(byte[] utf8) {
        var length = utf8.length + 2;
        for (var b : utf8) {
            if (b >= 0 && b < ' ') {
                length += UNICODE_ESCAPE - 1;
            } else if (b == '"' || b == '\\') {
                length++;
            }
        }
        return length;
    }
}
