package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Rows as lines of JSON, with one generator for all of them. */
final class RowLines {

    private static final ObjectMapper JSON = new ObjectMapper(new JsonFactory().setRootValueSeparator("\n"));

    private RowLines() {}

    /** How many rows there was room for, each on a line of its own, before the text would be longer than {@code length}. */
    static int add(ArrayNode rows, StringBuilder text, int length) {
        var lines = new StringWriter();
        var written = lines.getBuffer();
        lines.write('\n');
        try (var generator = JSON.createGenerator(lines)) {
            for (var index = 0; index < rows.size(); index++) {
                var before = written.length();
                JSON.writeTree(generator, rows.get(index));
                generator.flush();
                if (text.length() + written.length() > length) {
                    text.append(written, 0, index == 0 ? 0 : before);
                    return index;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        text.append(written, 0, rows.isEmpty() ? 0 : written.length());
        return rows.size();
    }
}
