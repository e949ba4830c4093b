package dev.pgherd.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

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
        var latencies = Latencies.of(
                callers.stream()
                        .<LongFunction<long[]>>map(caller -> end -> latencies(caller, workload, end))
                        .toList(),
                length.toNanos());
        return new Round(
                latencies.callsPerSecond(),
                latencies.p50(),
                latencies.p99(),
                (endpoint.cpuSeconds() - cpu) / latencies.calls() * 1e3,
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
