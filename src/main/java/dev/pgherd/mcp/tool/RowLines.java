package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Rows as lines of JSON, with one generator for all of them. */
final class RowLines {

    private static final ObjectMapper JSON = new ObjectMapper(new JsonFactory().setRootValueSeparator("\n"));

    private static final int BEGINNING = 200;

    private static final int MOST_CELLS = 50;

    private RowLines() {}

    /** How many rows there was room for, each on a line of its own, before the text would be longer than {@code length}. */
    static int add(ArrayNode rows, StringBuilder text, int length) {
        try (var generator = JSON.createGenerator(new Appending(text))) {
            for (var index = 0; index < rows.size(); index++) {
                var before = text.length();
                if (index == 0) {
                    text.append('\n');
                }
                JSON.writeTree(generator, rows.get(index));
                generator.flush();
                if (text.length() > length) {
                    text.setLength(before);
                    return index;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows.size();
    }

    /** The cells of a row that is too long for a text: their first characters, and how many there are. */
    static String beginnings(JsonNode row) {
        return StreamSupport.stream(row.spliterator(), false)
                .limit(MOST_CELLS)
                .map(RowLines::beginning)
                .collect(Collectors.joining("\n"));
    }

    private static String beginning(JsonNode cell) {
        var whole = cell.isTextual() ? cell.textValue() : cell.toString();
        if (whole.length() <= BEGINNING) {
            return cell.toString();
        }
        var end = Character.isHighSurrogate(whole.charAt(BEGINNING - 1)) ? BEGINNING - 1 : BEGINNING;
        return "%s... (%d characters)".formatted(TextNode.valueOf(whole.substring(0, end)), whole.length());
    }

    /** Straight into the text, many characters at a time. */
    private static final class Appending extends Writer {

        private final StringBuilder text;

        Appending(StringBuilder text) {
            this.text = text;
        }

        @Override
        public void write(char[] characters, int offset, int length) {
            text.append(characters, offset, length);
        }

        @Override
        public void flush() {
            // written already
        }

        @Override
        public void close() {
            // nothing to close
        }
    }
}
