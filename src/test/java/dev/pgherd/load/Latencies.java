package dev.pgherd.load;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

/** How long the calls of a round took. */
public final class Latencies {

    private final long[] sorted;
    private final double seconds;

    private Latencies(long[] sorted, double seconds) {
        this.sorted = sorted;
        this.seconds = seconds;
    }

    /** Of callers that begin together, each of which is told when the round ends and says how long its calls took. */
    public static Latencies of(List<LongFunction<long[]>> callers, long nanoseconds) {
        var began = System.nanoTime();
        var all = callers.stream()
                .map(caller -> CompletableFuture.supplyAsync(
                        () -> caller.apply(began + nanoseconds), task -> new Thread(task).start()))
                .toList();
        var sorted = all.stream()
                .map(CompletableFuture::join)
                .flatMapToLong(Arrays::stream)
                .sorted()
                .toArray();
        return new Latencies(sorted, (System.nanoTime() - began) / 1e9);
    }

    public int calls() {
        return sorted.length;
    }

    public double callsPerSecond() {
        return sorted.length / seconds;
    }

    public double p50() {
        return sorted[sorted.length / 2] / 1e6;
    }

    public double p99() {
        return sorted[(int) (sorted.length * 0.99)] / 1e6;
    }
}
