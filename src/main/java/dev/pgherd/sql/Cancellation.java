package dev.pgherd.sql;

import org.jspecify.annotations.Nullable;

/** A caller's word that it does not want its statement any more: given once, from any thread, for one call. */
public final class Cancellation {

    private boolean requested;
    private @Nullable Runnable reaction;

    /** Returns at once; the statement that runs is cancelled soon, and none is begun any more. */
    public void request() {
        Runnable now;
        synchronized (this) {
            requested = true;
            now = reaction;
            reaction = null;
        }
        if (now != null) {
            now.run();
        }
    }

    public synchronized boolean requested() {
        return requested;
    }

    /** Has this run when the word is given, or now if it was; replaces what was to be run before. */
    public void onRequest(Runnable react) {
        synchronized (this) {
            if (!requested) {
                reaction = react;
                return;
            }
        }
        react.run();
    }

    synchronized void forgetReaction() {
        reaction = null;
    }
}
