package dev.pgherd.mcp.schema;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The place of one part: what was read last, and who reads it now. */
final class Slot<T> {

    private @Nullable Stored<T> stored;
    private @Nullable CompletableFuture<Load<T>> underway;

    synchronized Optional<Stored<T>> stored() {
        return Optional.ofNullable(stored);
    }

    /** Whoever gets an empty answer is the one that reads, and has to say so when it is done. */
    synchronized Optional<CompletableFuture<Load<T>>> begin(CompletableFuture<Load<T>> mine) {
        if (underway != null) {
            return Optional.of(underway);
        }
        underway = mine;
        return Optional.empty();
    }

    synchronized void keep(Stored<T> read) {
        stored = read;
    }

    synchronized void end() {
        underway = null;
    }

    synchronized boolean isEmpty() {
        return stored == null && underway == null;
    }

    synchronized long bytes() {
        return stored == null ? 0 : stored.bytes();
    }
}
