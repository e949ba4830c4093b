package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.devcluster.postgres.PostgresBinaries;
import dev.pgherd.devcluster.postgres.Unprivileged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a start takes and what it costs; prints figures and gives no verdict. */
@Tag("benchmark")
class StartBenchmarkIT {

    private static final int ROUNDS = 5;

    @TempDir
    private Path directory;

    @Test
    void theDemo() throws Exception {
        print("demo, from start to exit", seconds(() -> {
            try (var demo = Program.start(directory, "demo")) {
                return demo.awaitExit();
            }
        }));
    }

    /** Beside the least that any way of starting the same server needs: initdb, start, stop, without Kubernetes. */
    @Test
    void anInstanceBesideTheBareServer() throws Exception {
        var bare = median(IntStream.range(0, ROUNDS)
                .mapToObj(round -> seconds(() -> bareServer(directory.resolve("bare-" + round))))
                .toList());
        try (var dev = Program.start(directory, "dev", "--port", "0");
                var agent = McpSession.open(dev.awaitOutput("MCP endpoint\\s+(http://\\S+)/mcp"), "test", text -> {})) {
            print("dev, memory without an instance (MiB)", residentMebibytes(dev.pid()));
            var instance = median(IntStream.range(0, ROUNDS)
                    .mapToObj(round ->
                            seconds(() -> agent.call("create_postgres_instance", Map.of("name", "instance-" + round))))
                    .toList());
            print("dev, memory with " + ROUNDS + " instances (MiB)", residentMebibytes(dev.pid()));
            print("instance, from create to Available", instance);
            print("bare server, from initdb to accepting connections", bare);
            print("ratio", instance / bare);
        }
    }

    private static int bareServer(Path data) throws IOException, InterruptedException {
        var binaries = PostgresBinaries.install(Directories.ofThisProcess().cache(), text -> {});
        Files.createDirectories(data);
        var user = Unprivileged.detect(List.of(binaries.bin(), data));
        user.own(data);
        run(
                user,
                binaries.bin().resolve("initdb").toString(),
                "-D",
                data.toString(),
                "-U",
                "postgres",
                "--data-checksums");
        var control = binaries.bin().resolve("pg_ctl").toString();
        var options = "-c listen_addresses='' -c unix_socket_directories='" + data + "'";
        run(
                user,
                control,
                "-D",
                data.toString(),
                "-w",
                "-l",
                data.resolve("log").toString(),
                "-o",
                options,
                "start");
        return run(user, control, "-D", data.toString(), "-m", "immediate", "stop");
    }

    private static int run(Unprivileged user, String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(user.wrap(List.of(command)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).describedAs("%s", List.of(command)).isZero();
        return 0;
    }

    private static double seconds(Callable<?> work) {
        var began = System.nanoTime();
        try {
            work.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static double residentMebibytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElseThrow()
                / 1024.0;
    }

    private static void print(String what, double figure) {
        System.out.printf("benchmark: %-55s %8.2f%n", what, figure);
    }
}
