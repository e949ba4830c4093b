package dev.pgherd.mcp.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells when an event is written whose data is a JSON-RPC response, and not a notification before it; until then, finds
 * out by comments whether anybody still reads.
 */
public final class EventWriter extends PrintWriter implements AnswerStream {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String DATA = "data: ";

    /** A line that every reader of events ignores, also between the lines of an event. */
    private static final String COMMENT = ":\n";

    private final Runnable answered;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile boolean silent;
    private boolean beating = true;

    public EventWriter(PrintWriter writer, Runnable answered) {
        super(writer);
        this.answered = answered;
    }

    @Override
    public void write(String text, int offset, int length) {
        if (silent) {
            return;
        }
        turn.lock();
        try {
            if (text.startsWith(DATA, offset) && isResponse(text.substring(offset + DATA.length(), offset + length))) {
                beating = false;
                answered.run();
            }
            super.write(text, offset, length);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void flush() {
        if (silent) {
            return;
        }
        turn.lock();
        try {
            super.flush();
        } finally {
            turn.unlock();
        }
    }

    @Override
    public boolean checkError() {
        return !silent && super.checkError();
    }

    @Override
    public boolean beat() {
        if (!turn.tryLock()) {
            return true;
        }
        try {
            if (silent || !beating) {
                return true;
            }
            super.write(COMMENT, 0, COMMENT.length());
            return !super.checkError();
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void silence() {
        silent = true;
    }

    @Override
    public void endBeats() {
        turn.lock();
        try {
            beating = false;
        } finally {
            turn.unlock();
        }
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
