package dev.pgherd.rest;

import dev.pgherd.http.CallerConnection;
import dev.pgherd.mcp.rpc.AnswerStream;

/** Who waits for an answer that comes all at once: there is nothing to write before, and no sign of life to send. */
final class WaitingCaller implements AnswerStream {

    private final CallerConnection connection;
    private boolean answered;

    WaitingCaller(CallerConnection connection) {
        this.connection = connection;
    }

    @Override
    public synchronized boolean beat() {
        return answered || !connection.hungUp();
    }

    @Override
    public void silence() {
        // An answer that nobody reads does no harm.
    }

    @Override
    public synchronized void endBeats() {
        answered = true;
    }
}
