package dev.pgherd.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** How benchmarks measure and print. */
public final class Figures {

    private Figures() {}

    public static double seconds(Callable<?> work) {
        var began = System.nanoTime();
        try {
            work.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
    }

    public static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    public static double residentMebibytes(long pid) {
        return numberIn(Path.of("/proc", String.valueOf(pid), "status"), "VmRSS:") / 1024.0;
    }

    public static int threads(long pid) {
        return (int) numberIn(Path.of("/proc", String.valueOf(pid), "status"), "Threads:");
    }

    public static void print(String what, double figure) {
        System.out.printf("benchmark: %-60s %8.2f%n", what, figure);
    }

    private static long numberIn(Path file, String line) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(it -> it.startsWith(line))
                    .map(it -> it.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
