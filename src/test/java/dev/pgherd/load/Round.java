package dev.pgherd.load;

import dev.pgherd.cli.Figures;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one server did under load; CPU in seconds for 1,000 calls, times in milliseconds.
 *
 * @param resident memory afterwards, in MiB
 */
record Round(double callsPerSecond, double p50, double p99, double cpu, double resident) {

    static Round median(List<Round> rounds) {
        return new Round(
                median(rounds, Round::callsPerSecond),
                median(rounds, Round::p50),
                median(rounds, Round::p99),
                median(rounds, Round::cpu),
                median(rounds, Round::resident));
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return Figures.median(rounds.stream().map(figure::applyAsDouble).toList());
    }

    /** Beside a base: its own figures, and calls, time of the half and CPU as multiples. */
    String line(String name, Round base) {
        return "%-24s %8.0f %8.2f %8.2f %8.3f %6.0f   %5.2fx %5.2fx %5.2fx"
                .formatted(
                        name,
                        callsPerSecond,
                        p50,
                        p99,
                        cpu,
                        resident,
                        callsPerSecond / base.callsPerSecond,
                        p50 / base.p50,
                        cpu / base.cpu);
    }

    static String header(String title) {
        return "%-24s %8s %8s %8s %8s %6s   %s"
                .formatted(title, "calls/s", "p50 ms", "p99 ms", "CPU s/1k", "MiB", "calls/s, p50, CPU");
    }
}
