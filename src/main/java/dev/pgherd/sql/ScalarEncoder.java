package dev.pgherd.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.math.BigDecimal;
import org.postgresql.core.Oid;

/** Turns PostgreSQL's text of one value into JSON; the rules are those of {@link CellEncoder}. */
final class ScalarEncoder {

    private static final long MAX_EXACT_INTEGER = (1L << 53) - 1;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Deeper values are trouble to those who read them. */
    private static final int MAX_DEPTH = 500;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .nodeFactory(new ReadableNumbers())
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ScalarEncoder() {}

    static JsonNode encode(String text, int oid) {
        return switch (oid) {
            case Oid.BOOL -> NODES.booleanNode(text.equals("t"));
            case Oid.INT2, Oid.INT4 -> NODES.numberNode(Integer.parseInt(text));
            case Oid.INT8, Oid.OID -> integer(Long.parseLong(text));
            case Oid.FLOAT4 -> isFinite(text) ? NODES.numberNode(Float.parseFloat(text)) : NODES.textNode(text);
            case Oid.FLOAT8 -> isFinite(text) ? NODES.numberNode(Double.parseDouble(text)) : NODES.textNode(text);
            case Oid.JSON, Oid.JSONB -> json(text);
            default -> NODES.textNode(text);
        };
    }

    /** Whether it stays PostgreSQL's text. */
    static boolean isText(int oid) {
        return switch (oid) {
            case Oid.BOOL, Oid.INT2, Oid.INT4, Oid.INT8, Oid.OID, Oid.FLOAT4, Oid.FLOAT8, Oid.JSON, Oid.JSONB -> false;
            default -> true;
        };
    }

    private static JsonNode integer(long value) {
        return value >= -MAX_EXACT_INTEGER && value <= MAX_EXACT_INTEGER
                ? NODES.numberNode(value)
                : NODES.textNode(Long.toString(value));
    }

    /** PostgreSQL writes NaN, Infinity and -Infinity, which JSON has no numbers for. */
    private static boolean isFinite(String text) {
        return !text.endsWith("N") && !text.endsWith("y");
    }

    /** What the parser here finds too deep, too long or too large is still valid in PostgreSQL, and goes out as text. */
    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException | NumberFormatException e) {
            return NODES.textNode(text);
        }
    }

    /** Refuses numbers that those who read them would not take. */
    private static final class ReadableNumbers extends JsonNodeFactory {

        private static final long serialVersionUID = 1L;
        private static final int MAX_SCALE = 10_000;

        @Override
        public ValueNode numberNode(BigDecimal number) {
            if (Math.abs((long) number.scale()) > MAX_SCALE) {
                throw new NumberFormatException("exponent out of range");
            }
            return super.numberNode(number);
        }
    }
}
