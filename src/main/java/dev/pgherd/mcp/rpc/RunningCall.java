package dev.pgherd.mcp.rpc;

import dev.pgherd.sql.Cancellation;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A message while it is being answered; its caller can take it back. */
public final class RunningCall implements AutoCloseable {

    /** How many pulses there are at most between two looks for its caller. */
    private static final int RAREST = 8;

    private final Cancellation cancellation = new Cancellation();
    private final Consumer<RunningCall> ended;
    private @Nullable AnswerStream answers;
    private boolean unwanted;
    private boolean over;
    private boolean looking;
    private int pulses;
    private int next = 1;

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

    /**
     * Whether its caller is to be looked for at this pulse: not of calls that have only just begun, then soon, and more
     * rarely the longer it runs. Never twice at a time.
     */
    synchronized boolean isDue() {
        var now = pulses++;
        if (looking || answers == null || now < next) {
            return false;
        }
        next = now + Math.min(now, RAREST);
        looking = true;
        return true;
    }

    /** Finds out whether the caller is still there; may wait for one who does not read. */
    void lookForCaller() {
        var stream = stream();
        if (stream != null && !stream.beat()) {
            giveUp();
        }
        looked();
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

    private synchronized void looked() {
        looking = false;
    }

    private synchronized @Nullable AnswerStream stream() {
        return answers;
    }

    private synchronized @Nullable AnswerStream streamAtTheEnd() {
        over = true;
        return answers;
    }
}
