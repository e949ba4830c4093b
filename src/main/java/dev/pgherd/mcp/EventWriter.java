package dev.pgherd.mcp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;

/** Tells when an event is written whose data is a JSON-RPC response, and not a notification before it. */
final class EventWriter extends PrintWriter {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String DATA = "data: ";

    private final Runnable answered;

    EventWriter(PrintWriter writer, Runnable answered) {
        super(writer);
        this.answered = answered;
    }

    @Override
    public void write(String text, int offset, int length) {
        if (text.startsWith(DATA, offset) && isResponse(text.substring(offset + DATA.length(), offset + length))) {
            answered.run();
        }
        super.write(text, offset, length);
    }

    /** Reads only as far as the first name that decides it: results can be large. */
    private static boolean isResponse(String data) {
        try (var parser = JSON.createParser(new StringReader(data))) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                if (name.equals("result") || name.equals("error")) {
                    return true;
                }
                parser.nextToken();
                parser.skipChildren();
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }
}
