package dev.pgherd.sql;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a list as PostgreSQL's text of an array; objects in it become JSON. */
final class ArrayLiteral {

    private ArrayLiteral() {}

    static String of(List<?> list) {
        return list.stream().map(ArrayLiteral::element).collect(Collectors.joining(",", "{", "}"));
    }

    private static String element(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof List<?> nested) {
            return of(nested);
        }
        var text = ParameterText.of(value);
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
