package dev.pgherd.load;

import dev.pgherd.cli.Figures;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * A server that answers MCP, and how it is asked to run SQL.
 *
 * @param arguments of the tool for a statement, both as JSON
 */
record Endpoint(String name, int port, long pid, Dialect dialect, String tool, UnaryOperator<String> arguments) {

    /** Of its process, so far. */
    double cpuSeconds() {
        var time = ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
        return time.toMillis() / 1e3;
    }

    double residentMebibytes() {
        return Figures.residentMebibytes(pid);
    }
}
