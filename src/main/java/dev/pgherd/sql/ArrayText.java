package dev.pgherd.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.function.Function;

/** Reads PostgreSQL's text of an array, such as {@code {1,NULL,"a,b",{2}}}, into a JSON array. */
final class ArrayText {

    private final String text;
    private final char delimiter;
    private final Function<String, JsonNode> element;
    private int at;

    private ArrayText(String text, char delimiter, Function<String, JsonNode> element) {
        this.text = text;
        this.delimiter = delimiter;
        this.element = element;
    }

    /** Takes text that starts with a brace. */
    static ArrayNode parse(String text, char delimiter, Function<String, JsonNode> element) {
        return new ArrayText(text, delimiter, element).array();
    }

    private ArrayNode array() {
        var array = JsonNodeFactory.instance.arrayNode();
        at++;
        while (text.charAt(at) != '}') {
            array.add(next());
            if (text.charAt(at) == delimiter) {
                at++;
            }
        }
        at++;
        return array;
    }

    private JsonNode next() {
        return switch (text.charAt(at)) {
            case '{' -> array();
            case '"' -> element.apply(quoted());
            default -> plain();
        };
    }

    private String quoted() {
        var value = new StringBuilder();
        at++;
        while (text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at++;
            }
            value.append(text.charAt(at));
            at++;
        }
        at++;
        return value.toString();
    }

    /** Only an unquoted NULL is null. */
    private JsonNode plain() {
        var start = at;
        while (text.charAt(at) != delimiter && text.charAt(at) != '}') {
            at++;
        }
        var value = text.substring(start, at);
        return value.equals("NULL") ? JsonNodeFactory.instance.nullNode() : element.apply(value);
    }
}
