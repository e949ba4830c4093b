package dev.pgherd.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Rows as the JSON that goes out, an array of values for each: written once, as they come from the server, and read again
 * only by those who look into them.
 */
public final class JsonRows extends JsonSerializable.Base {

    /** Reads whatever {@link RowWriter} writes, and leaves numbers as they are. */
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(RowWriter.MAX_DEPTH)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final int BRACKETS = 2;

    private final byte[] utf8;
    private final int[] ends;

    /**
     * Takes rows with one character between them.
     *
     * @param ends where each row ends in the text; what follows the last is no part of it
     */
    JsonRows(byte[] utf8, int[] ends) {
        this.utf8 = utf8;
        this.ends = ends;
    }

    public int size() {
        return ends.length;
    }

    public boolean isEmpty() {
        return ends.length == 0;
    }

    /** The length of all as one JSON array. */
    public long bytes() {
        return (long) length() + BRACKETS;
    }

    /** The JSON of one row. */
    public String row(int index) {
        var start = index == 0 ? 0 : ends[index - 1] + 1;
        return new String(utf8, start, ends[index] - start, StandardCharsets.UTF_8);
    }

    /** All of them, to look into. */
    public ArrayNode tree() {
        try {
            return (ArrayNode) JSON.readTree(toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copied where bytes are written; any other format reads them first. */
    @Override
    public void serialize(JsonGenerator generator, SerializerProvider serializers) throws IOException {
        if (!(generator.getOutputTarget() instanceof OutputStream out)) {
            generator.writeTree(tree());
            return;
        }
        generator.writeRawValue("[");
        generator.flush();
        out.write(utf8, 0, length());
        generator.writeRaw(']');
    }

    @Override
    public void serializeWithType(JsonGenerator generator, SerializerProvider serializers, TypeSerializer types)
            throws IOException {
        serialize(generator, serializers);
    }

    /** The JSON of all. */
    @Override
    public String toString() {
        return '[' + new String(utf8, 0, length(), StandardCharsets.UTF_8) + ']';
    }

    private int length() {
        return isEmpty() ? 0 : ends[ends.length - 1];
    }
}
