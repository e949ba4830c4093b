package dev.pgherd.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** So many callers on connections that stay, each of which asks as soon as it has its answer. */
final class Load implements AutoCloseable {

    private final Endpoint endpoint;
    private final List<Caller> callers = new ArrayList<>();

    Load(Endpoint endpoint, int callers) throws IOException {
        this.endpoint = endpoint;
        for (var caller = 0; caller < callers; caller++) {
            this.callers.add(Caller.of(endpoint));
        }
    }

    Round run(Workload workload, Duration length) {
        var cpu = endpoint.cpuSeconds();
        var began = System.nanoTime();
        var all = callers.stream()
                .map(caller -> CompletableFuture.supplyAsync(
                        () -> latencies(caller, workload, began + length.toNanos()), task -> new Thread(task).start()))
                .toList();
        var latencies = all.stream()
                .map(CompletableFuture::join)
                .flatMapToLong(Arrays::stream)
                .sorted()
                .toArray();
        var seconds = (System.nanoTime() - began) / 1e9;
        return new Round(
                latencies.length / seconds,
                latencies[latencies.length / 2] / 1e6,
                latencies[(int) (latencies.length * 0.99)] / 1e6,
                (endpoint.cpuSeconds() - cpu) / latencies.length * 1e3,
                endpoint.residentMebibytes());
    }

    private static long[] latencies(Caller caller, Workload workload, long end) {
        var latencies = new long[1 << 16];
        var count = 0;
        try {
            for (var now = System.nanoTime(); now < end && count < latencies.length; ) {
                var bytes = caller.ask(workload.sql().get());
                if (bytes < workload.bytes()) {
                    throw new AssertionError(caller.answer());
                }
                var done = System.nanoTime();
                latencies[count++] = done - now;
                now = done;
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return Arrays.copyOf(latencies, count);
    }

    @Override
    public void close() throws IOException {
        for (var caller : callers) {
            caller.close();
        }
    }
}
