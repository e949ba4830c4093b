package dev.pgherd.mcp.rpc;

import dev.pgherd.sql.Cancellation;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A message while it is being answered; its caller can take it back. */
public final class RunningCall implements AutoCloseable {

    private final Cancellation cancellation = new Cancellation();
    private final Consumer<RunningCall> ended;
    private @Nullable AnswerStream answers;
    private boolean unwanted;
    private boolean over;
    private boolean seen;

    public RunningCall() {
        this(call -> {});
    }

    RunningCall(Consumer<RunningCall> ended) {
        this.ended = ended;
    }

    public Cancellation cancellation() {
        return cancellation;
    }

    /** The caller may have gone before there was a stream, and what is said after the end needs no signs of life. */
    public synchronized void answersOn(AnswerStream stream) {
        answers = stream;
        if (unwanted) {
            stream.silence();
        }
        if (over) {
            stream.endBeats();
        }
    }

    /** The caller does not wait for an answer any more, and gets none. */
    void giveUp() {
        synchronized (this) {
            unwanted = true;
            if (answers != null) {
                answers.silence();
            }
        }
        cancellation.request();
    }

    public synchronized boolean givenUp() {
        return unwanted;
    }

    /** Finds out whether the caller is still there; not of calls that have only just begun. */
    void lookForCaller() {
        var stream = stream();
        if (seen && stream != null && !stream.beat()) {
            giveUp();
        }
        seen = true;
    }

    /** Nothing is written for it afterwards. */
    @Override
    public void close() {
        var stream = streamAtTheEnd();
        if (stream != null) {
            // Waits for a write that is under way, so not while others wait for this call.
            stream.endBeats();
        }
        ended.accept(this);
    }

    private synchronized @Nullable AnswerStream stream() {
        return answers;
    }

    private synchronized @Nullable AnswerStream streamAtTheEnd() {
        over = true;
        return answers;
    }
}
