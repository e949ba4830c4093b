package dev.pgherd.sql;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
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

    /** Writes the bytes of PostgreSQL's text, or the contents of a bytea; true when they were cut. */
    boolean write(byte @Nullable [] raw, ResultType type, JsonGenerator json) throws IOException {
        if (raw == null) {
            json.writeNull();
            return false;
        }
        if (type.oid() == Oid.BYTEA) {
            return bytea(raw, json);
        }
        if (raw.length > maxBytes) {
            return cut(beginning(raw), raw.length, json);
        }
        if (type.isArray() && raw.length > 0 && raw[0] == '{') {
            json.writeTree(ArrayText.parse(
                    new String(raw, StandardCharsets.UTF_8),
                    type.delimiter(),
                    element -> element(element, type.elementOid())));
        } else if (ScalarEncoder.isText(type.oid())) {
            text(raw, json);
        } else {
            json.writeTree(ScalarEncoder.encode(new String(raw, StandardCharsets.UTF_8), type.oid()));
        }
        return false;
    }

    /** Bytes that are no UTF-8, which databases without an encoding hold, must not get out. */
    private static void text(byte[] raw, JsonGenerator json) throws IOException {
        if (isAscii(raw)) {
            json.writeUTF8String(raw, 0, raw.length);
        } else {
            json.writeString(new String(raw, StandardCharsets.UTF_8));
        }
    }

    private static boolean isAscii(byte[] raw) {
        var all = 0;
        for (var b : raw) {
            all |= b;
        }
        return all >= 0;
    }

    private String beginning(byte[] raw) {
        var end = maxBytes;
        while (end > 0 && (raw[end] & UTF8_CONTINUATION_MASK) == UTF8_CONTINUATION) {
            end--;
        }
        return new String(raw, 0, end, StandardCharsets.UTF_8);
    }

    private static JsonNode element(String text, int oid) {
        if (oid == Oid.BYTEA && text.startsWith("\\x")) {
            var bytes = HexFormat.of().parseHex(text, 2, text.length());
            return JsonNodeFactory.instance.textNode(Base64.getEncoder().encodeToString(bytes));
        }
        return ScalarEncoder.encode(text, oid);
    }

    private boolean bytea(byte[] raw, JsonGenerator json) throws IOException {
        var kept = Math.min(raw.length, Math.max(1, maxBytes / 4 * 3));
        var base64 = Base64.getEncoder().encodeToString(kept == raw.length ? raw : Arrays.copyOf(raw, kept));
        if (kept < raw.length) {
            return cut(base64, raw.length, json);
        }
        json.writeString(base64);
        return false;
    }

    private static boolean cut(String beginning, int length, JsonGenerator json) throws IOException {
        json.writeString(beginning + "… [cut: " + length + " bytes in all]");
        return true;
    }
}
