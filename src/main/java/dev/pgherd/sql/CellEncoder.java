package dev.pgherd.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.postgresql.core.Oid;

/**
 * Encodes values so that they keep their meaning in JSON.
 *
 * <ul>
 *   <li>boolean, int2, int4 and finite floats: as JSON has them; NaN, Infinity and -Infinity: strings
 *   <li>int8: a number up to 2^53 - 1, which every client reads exactly, beyond that a string
 *   <li>numeric: a string, because scale and digits count
 *   <li>json, jsonb: inline; bytea: base64
 *   <li>arrays: JSON arrays, nested ones too; an array with its own lower bounds as PostgreSQL's text
 *   <li>everything else (times, intervals, uuid, inet, ranges, enums, composites): PostgreSQL's text
 *   <li>longer than the limit: the beginning as a string that ends with a mark and the full length
 * </ul>
 */
final class CellEncoder {

    private static final int UTF8_CONTINUATION_MASK = 0xC0;
    private static final int UTF8_CONTINUATION = 0x80;

    private final int maxBytes;

    CellEncoder(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes the bytes of PostgreSQL's text, or the contents of a bytea. */
    EncodedCell encode(byte[] raw, ResultType type) {
        if (type.oid() == Oid.BYTEA) {
            return bytea(raw);
        }
        if (raw.length > maxBytes) {
            var end = maxBytes;
            while (end > 0 && (raw[end] & UTF8_CONTINUATION_MASK) == UTF8_CONTINUATION) {
                end--;
            }
            return cut(new String(raw, 0, end, StandardCharsets.UTF_8), raw.length);
        }
        var text = new String(raw, StandardCharsets.UTF_8);
        return new EncodedCell(node(text, type), EncodedCell.escapedLength(raw), false);
    }

    private static JsonNode node(String text, ResultType type) {
        if (type.isArray() && text.startsWith("{")) {
            return ArrayText.parse(text, type.delimiter(), element -> element(element, type.elementOid()));
        }
        return ScalarEncoder.encode(text, type.oid());
    }

    private static JsonNode element(String text, int oid) {
        if (oid == Oid.BYTEA && text.startsWith("\\x")) {
            var bytes = HexFormat.of().parseHex(text, 2, text.length());
            return JsonNodeFactory.instance.textNode(Base64.getEncoder().encodeToString(bytes));
        }
        return ScalarEncoder.encode(text, oid);
    }

    private EncodedCell bytea(byte[] raw) {
        var kept = Math.min(raw.length, Math.max(1, maxBytes / 4 * 3));
        var base64 = Base64.getEncoder().encodeToString(kept == raw.length ? raw : Arrays.copyOf(raw, kept));
        return kept == raw.length
                ? new EncodedCell(JsonNodeFactory.instance.textNode(base64), base64.length() + 2, false)
                : cut(base64, raw.length);
    }

    private static EncodedCell cut(String beginning, int length) {
        var text = beginning + "… [cut: " + length + " bytes in all]";
        var bytes = EncodedCell.escapedLength(text.getBytes(StandardCharsets.UTF_8));
        return new EncodedCell(JsonNodeFactory.instance.textNode(text), bytes, true);
    }
}
