package dev.pgherd.connection;

import dev.pgherd.cli.Figures;
import dev.pgherd.load.Latencies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Several ways to do the same under the same load, round after round in turn, so that what else the machine does hits all
 * of them; the first is the base that the others are held against.
 */
final class LoadComparison {

    private static final int ROUNDS = 7;
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final int callers;
    private final Callable<List<Long>> serverProcesses;
    private final Map<String, Work> ways = new LinkedHashMap<>();

    /** Counts the CPU time of these processes as the server's. */
    LoadComparison(int callers, Callable<List<Long>> serverProcesses) {
        this.callers = callers;
        this.serverProcesses = serverProcesses;
    }

    LoadComparison with(String name, Work work) {
        ways.put(name, work);
        return this;
    }

    String table(String title) throws Exception {
        var loads = measured();
        var lines = new ArrayList<String>();
        lines.add("benchmark: %-30s %9s %9s %9s %9s %9s"
                .formatted(title, "p50 ms", "p99 ms", "calls/s", "JVM CPU", "PG CPU"));
        var base = loads.entrySet().iterator().next();
        lines.add(base.getValue().line(base.getKey(), "%9.3f"));
        loads.entrySet().stream()
                .skip(1)
                .forEach(way -> lines.add(way.getValue().over(base.getValue()).line(way.getKey(), "%8.2fx")));
        return String.join(System.lineSeparator(), lines);
    }

    private Map<String, Load> measured() throws Exception {
        for (var work : ways.values()) {
            round(work, WARM_UP, List.of());
        }
        var processes = serverProcesses.call();
        var rounds = new LinkedHashMap<String, List<Load>>();
        for (var round = 0; round < ROUNDS; round++) {
            for (var way : ways.entrySet()) {
                rounds.computeIfAbsent(way.getKey(), name -> new ArrayList<>())
                        .add(round(way.getValue(), ROUND, processes));
            }
        }
        return rounds.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, it -> Load.median(it.getValue()), (a, b) -> a, LinkedHashMap::new));
    }

    private Load round(Work work, Duration length, List<Long> processes) {
        var ownBefore = cpuSeconds(List.of(ProcessHandle.current().pid()));
        var serverBefore = cpuSeconds(processes);
        var latencies = Latencies.of(
                Collections.nCopies(callers, (LongFunction<long[]>) end -> latencies(work, end)), length.toNanos());
        var thousands = latencies.calls() / 1e3;
        return new Load(
                latencies.p50(),
                latencies.p99(),
                latencies.callsPerSecond(),
                (cpuSeconds(List.of(ProcessHandle.current().pid())) - ownBefore) / thousands,
                (cpuSeconds(processes) - serverBefore) / thousands);
    }

    private static long[] latencies(Work work, long end) {
        var latencies = new ArrayList<Long>();
        try {
            for (var now = System.nanoTime(); now < end; ) {
                work.run();
                var done = System.nanoTime();
                latencies.add(done - now);
                now = done;
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return latencies.stream().mapToLong(Long::longValue).toArray();
    }

    private static double cpuSeconds(List<Long> processes) {
        return processes.stream()
                        .flatMap(pid -> ProcessHandle.of(pid).stream())
                        .flatMap(process -> process.info().totalCpuDuration().stream())
                        .mapToDouble(Duration::toMillis)
                        .sum()
                / 1e3;
    }

    /** One call. */
    @FunctionalInterface
    interface Work {

        void run() throws Exception;
    }

    /** One round, or the ratio of two; CPU in seconds for 1,000 calls. */
    private record Load(double p50, double p99, double callsPerSecond, double ownCpu, double serverCpu) {

        static Load median(List<Load> loads) {
            return new Load(
                    median(loads, Load::p50),
                    median(loads, Load::p99),
                    median(loads, Load::callsPerSecond),
                    median(loads, Load::ownCpu),
                    median(loads, Load::serverCpu));
        }

        private static double median(List<Load> loads, ToDoubleFunction<Load> figure) {
            return Figures.median(loads.stream().map(figure::applyAsDouble).toList());
        }

        Load over(Load base) {
            return new Load(
                    p50 / base.p50,
                    p99 / base.p99,
                    callsPerSecond / base.callsPerSecond,
                    ownCpu / base.ownCpu,
                    serverCpu / base.serverCpu);
        }

        String line(String name, String format) {
            return ("benchmark:   %-28s" + (" " + format).repeat(5))
                    .formatted(name, p50, p99, callsPerSecond, ownCpu, serverCpu);
        }
    }
}
