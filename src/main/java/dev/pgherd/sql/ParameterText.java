package dev.pgherd.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;

/** Writes a JSON-like value as the text that PostgreSQL reads for whatever type it infers. */
final class ParameterText {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final double EXACT_INTEGERS = 0x1p53;
    private static final int MAX_PLAIN_SCALE = 1_000;

    private ParameterText() {}

    /** Lists and maps become JSON. */
    static String of(Object value) {
        if (value instanceof Double || value instanceof Float) {
            return floating(((Number) value).doubleValue(), value.toString());
        }
        if (value instanceof BigDecimal decimal) {
            return decimal(decimal);
        }
        if (value instanceof Number || value instanceof Boolean || value instanceof String) {
            return value.toString();
        }
        return json(value);
    }

    /** As short as it came where its digits would be many; without them where nothing stands behind the point. */
    private static String decimal(BigDecimal value) {
        if (Math.abs((long) value.scale()) > MAX_PLAIN_SCALE) {
            return value.toString();
        }
        var bare = value.stripTrailingZeros();
        return (bare.scale() <= 0 ? bare : value).toPlainString();
    }

    /** JSON knows no difference between 5 and 5.0, an integer of PostgreSQL does. */
    private static String floating(double value, String text) {
        var integral = value == Math.rint(value) && Math.abs(value) <= EXACT_INTEGERS;
        return integral ? Long.toString((long) value) : text;
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a parameter cannot be written as JSON", e);
        }
    }
}
