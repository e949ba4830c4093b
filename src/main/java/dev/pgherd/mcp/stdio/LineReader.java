package dev.pgherd.mcp.stdio;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads lines up to a length; of longer ones only that they were too long is kept. */
public final class LineReader {

    private final InputStream input;
    private final int longest;

    public LineReader(InputStream input, int longest) {
        this.input = new BufferedInputStream(input);
        this.longest = longest;
    }

    /** Empty at the end. A last line that is not ended counts. */
    public Optional<Line> next() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var length = 0L;
        int read;
        while ((read = input.read()) != -1 && read != '\n') {
            if (++length <= longest) {
                bytes.write(read);
            }
        }
        return read == -1 && length == 0
                ? Optional.empty()
                : Optional.of(new Line(bytes.toByteArray(), length > longest));
    }

    /** One line without its end; cut where it was too long. */
    public static final class Line {

        private final byte[] bytes;
        private final boolean tooLong;

        private Line(byte[] bytes, boolean tooLong) {
            this.bytes = bytes;
            this.tooLong = tooLong;
        }

        public byte[] bytes() {
            return bytes;
        }

        public boolean tooLong() {
            return tooLong;
        }

        public boolean isBlank() {
            for (var one : bytes) {
                if (!Character.isWhitespace(one)) {
                    return false;
                }
            }
            return true;
        }
    }
}
