package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.devcluster.postgres.PostgresBinaries;
import dev.pgherd.devcluster.postgres.Unprivileged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        Figures.print("demo, from start to exit", Figures.seconds(() -> {
            try (var demo = Program.start(directory, "demo")) {
                return demo.awaitExit();
            }
        }));
    }

    /** Beside the least that any way of starting the same server needs: initdb, start, stop, without Kubernetes. */
    @Test
    void anInstanceBesideTheBareServer() throws Exception {
        var bare = Figures.median(IntStream.range(0, ROUNDS)
                .mapToObj(round -> Figures.seconds(() -> bareServer(directory.resolve("bare-" + round))))
                .toList());
        try (var dev = Program.start(directory, "dev", "--port", "0");
                var agent = McpSession.open(dev.awaitOutput("MCP endpoint\\s+(http://\\S+)/mcp"), "test", text -> {})) {
            Figures.print("dev, memory without an instance (MiB)", Figures.residentMebibytes(dev.pid()));
            var instance = Figures.median(IntStream.range(0, ROUNDS)
                    .mapToObj(round -> Figures.seconds(
                            () -> agent.call("create_postgres_instance", Map.of("name", "instance-" + round))))
                    .toList());
            Figures.print("dev, memory with " + ROUNDS + " instances (MiB)", Figures.residentMebibytes(dev.pid()));
            Figures.print("instance, from create to Available", instance);
            Figures.print("bare server, from initdb to accepting connections", bare);
            Figures.print("ratio", instance / bare);
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
}
