package dev.pgherd.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/** Writes rows as JSON while they are read, up to a number of bytes. */
final class RowWriter implements AutoCloseable {

    /** Deeper than any value that {@link ScalarEncoder} lets through as JSON. */
    static final int MAX_DEPTH = 2_000;

    /** Characters beyond 16 bits as they are: escapes of them would be escaped once more in a result's text. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build()
            .setRootValueSeparator(","));

    private static final int USUAL_ROWS = 100;

    private final CellEncoder encoder;
    private final int maxBytes;
    private final ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
    private final JsonGenerator generator;
    private int[] ends = new int[USUAL_ROWS];
    private int size;

    RowWriter(SqlLimits limits) {
        this.encoder = new CellEncoder(limits.maxCellBytes());
        this.maxBytes = limits.maxResultBytes();
        try {
            this.generator = JSON.createGenerator(utf8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many there are. */
    int size() {
        return size;
    }

    /**
     * Writes a row, and returns how many of its values were cut; negative where all together would have more bytes than
     * they may have: then it is not there, and nothing can follow.
     */
    int add(byte[][] values, List<ResultType> types) {
        try {
            var cuts = 0;
            generator.writeStartArray();
            for (var column = 0; column < values.length; column++) {
                cuts += encoder.write(values[column], types.get(column), generator) ? 1 : 0;
            }
            generator.writeEndArray();
            var end = utf8.size() + generator.getOutputBuffered();
            return end + 2 > maxBytes ? -1 : keep(end, cuts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonRows rows() {
        try {
            generator.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new JsonRows(utf8.toByteArray(), Arrays.copyOf(ends, size));
    }

    /** Gives its buffers back. */
    @Override
    public void close() {
        try {
            generator.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int keep(int end, int cuts) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
        }
        ends[size++] = end;
        return cuts;
    }
}
