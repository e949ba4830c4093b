package dev.pgherd.faults;

import dev.pgherd.cli.Figures;
import dev.pgherd.cli.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** The whole program as a process of its own, on the Kubernetes API of a test, and what it costs. */
record OperatorProcess(Program program) implements AutoCloseable {

    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    static OperatorProcess start(Path directory, Path kubeconfig) throws IOException {
        var environment = Map.of("KUBECONFIG", kubeconfig.toString(), "PGHERD_HTTP_PORT", "0");
        var program = Program.start(directory, environment, "operator", "--route", "POD_ADDRESS");
        program.awaitOutput("serves MCP at (\\S+)");
        return new OperatorProcess(program);
    }

    /** As the kernel does when memory runs out. */
    void kill() throws InterruptedException {
        program.kill();
    }

    /** What is left of the heap when everything that can be collected has been. */
    double heapMebibytes() throws IOException, InterruptedException {
        jcmd("GC.run");
        jcmd("GC.run");
        return USED.matcher(jcmd("GC.heap_info"))
                        .results()
                        .limit(2) // young and old generation; metaspace comes after them
                        .mapToLong(match -> Long.parseLong(match.group(1)))
                        .sum()
                / 1024.0;
    }

    double residentMebibytes() {
        return Figures.residentMebibytes(program.pid());
    }

    int threads() {
        return Figures.threads(program.pid());
    }

    /** CPU seconds that it uses meanwhile. */
    double cpuSecondsIn(Duration time) throws InterruptedException {
        var before = cpu();
        Thread.sleep(time.toMillis());
        return cpu().minus(before).toMillis() / 1000.0;
    }

    private Duration cpu() {
        return ProcessHandle.of(program.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(jcmd, String.valueOf(program.pid()), command)
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    @Override
    public void close() throws IOException {
        program.close();
    }
}
