package dev.pgherd.load;

import dev.pgherd.cli.Program;
import dev.pgherd.config.CallLimitConfig;
import dev.pgherd.devcluster.DevCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole program under load beside other MCP servers for PostgreSQL, on one instance, round after round in turn, so that
 * what else the machine does hits all of them; prints figures and gives no verdict. Guards and limits are on.
 */
@Tag("benchmark")
@Timeout(1200)
class McpBenchmarkIT {

    private static final List<Integer> CALLERS = List.of(1, 16, 64);
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 7);
    private static final Duration ROUND = Duration.ofSeconds(1);
    /** Connections and threads begin anew in each round, and are not what is measured. */
    private static final Duration START = Duration.ofMillis(200);

    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("benchmark.warmup", 30));

    /** What is compiled while it runs is slow for so many calls, however long they take. */
    private static final int WARM_CALLS = 100_000;

    private static final Path REPORT = Path.of("target", "mcp-benchmark.txt");

    @TempDir
    private Path directory;

    private final List<String> report = new ArrayList<>();

    @Test
    void besideOtherServers() throws Exception {
        var packages = NodePackages.install("peers", Peer.PACKAGES.toArray(String[]::new));
        try (var cluster =
                new DevCluster(directory, Path.of("target", "postgresql").toAbsolutePath(), Clock.systemUTC())) {
            cluster.start(false, progress -> {});
            // Sessions are callers of their own, but those of one address that have none may be taken for one caller.
            var environment = Map.of(
                    "KUBECONFIG",
                    cluster.kubeconfig().toString(),
                    "PGHERD_HTTP_PORT",
                    "0",
                    CallLimitConfig.CALLS_AT_A_TIME,
                    "64");
            try (var program = Program.startAsInImage(directory, environment, "operator", "--route", "POD_ADDRESS")) {
                var port = Integer.parseInt(program.awaitOutput("serves MCP at \\S+:(\\d+)/"));
                var database = Database.create(cluster.client());
                try (var toolbox = Peer.toolbox(packages, database, directory);
                        var dbHub = Peer.dbHub(packages, database, directory)) {
                    compare(List.of(
                            toolbox.endpoint(),
                            dbHub.endpoint(),
                            pgherd("2026-07-28", port, program, Dialect.STATELESS),
                            pgherd("2025-11-25 stateless", port, program, Dialect.WITHOUT_SESSION),
                            pgherd("2025-11-25 session", port, program, Dialect.SESSION)));
                }
            }
        }
        Files.write(REPORT, report);
    }

    private static Endpoint pgherd(String revision, int port, Program program, Dialect dialect) {
        return new Endpoint(
                revision,
                port,
                program.pid(),
                dialect,
                "query",
                sql -> "{\"instance\":\"shop\",\"sql\":\"" + sql + "\"}");
    }

    private void compare(List<Endpoint> endpoints) throws Exception {
        for (var workload : List.of(Workload.one(), Workload.hundredRows())) {
            for (var endpoint : endpoints) {
                warmUp(endpoint, workload);
            }
            for (var callers : CALLERS) {
                table(workload, callers, endpoints);
            }
        }
    }

    private static void warmUp(Endpoint endpoint, Workload workload) throws Exception {
        var end = System.nanoTime() + WARM_UP.toNanos();
        try (var load = new Load(endpoint, 16)) {
            for (var calls = 0.0; calls < WARM_CALLS && System.nanoTime() < end; ) {
                calls += load.run(workload, ROUND).callsPerSecond() * ROUND.toSeconds();
            }
        }
    }

    /** The first is the base that the others are held against. */
    private void table(Workload workload, int callers, List<Endpoint> endpoints) throws Exception {
        var rounds = new LinkedHashMap<Endpoint, List<Round>>();
        for (var round = 0; round < ROUNDS; round++) {
            for (var endpoint : endpoints) {
                try (var load = new Load(endpoint, callers)) {
                    load.run(workload, START);
                    rounds.computeIfAbsent(endpoint, first -> new ArrayList<>()).add(load.run(workload, ROUND));
                }
            }
        }
        var base = Round.median(rounds.get(endpoints.get(0)));
        say(Round.header("%s, callers: %d".formatted(workload.name(), callers)));
        rounds.forEach((endpoint, all) -> say("  " + Round.median(all).line(endpoint.name(), base)));
    }

    private void say(String line) {
        report.add(line);
        System.out.println("benchmark: " + line);
    }
}
