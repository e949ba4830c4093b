package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.PoolSettings;
import dev.pgherd.mcp.fixture.ConformanceFixture;
import dev.pgherd.mcp.instance.KnownInstances;
import dev.pgherd.mcp.method.Announcer;
import dev.pgherd.mcp.tool.PgTools;
import dev.pgherd.sql.SqlRunner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official conformance suite, wherever npm can fetch it, against the endpoint as agents find it, and against one on the
 * same transports that has the tools, resources and prompts which the suite calls by fixed names. A scenario that fails
 * without being listed beside this test fails it, and so does one that is listed and passes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceIT {

    /** The suite needs a newer Node than distributions have. */
    private static final List<String> PACKAGES =
            List.of("@modelcontextprotocol/conformance@0.2.0-alpha.12", "node@22.23.3");

    private static final Duration ENOUGH = Duration.ofMinutes(5);

    private final Path home = Path.of("target", "conformance").toAbsolutePath();
    private Cluster cluster;
    private ConnectionRegistry registry;
    private McpFixture mcp;
    private McpFixture named;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        assumeTrue(onPath("npm"), "npm is not on the path");
        install();
        cluster = new Cluster(directory);
        registry = new ConnectionRegistry(
                (instance, endpoint) -> new InetSocketAddress(endpoint.host(), endpoint.port()),
                PoolSettings.defaults(),
                new SimpleMeterRegistry());
        var config = McpConfig.defaults();
        mcp = new McpFixture(
                config,
                meters -> PgTools.of(config, cluster.client(), registry, new SqlRunner(), Clock.systemUTC(), meters),
                new KnownInstances(registry));
        var announcer = new Announcer();
        named = new McpFixture(
                meters -> McpEndpoint.open("1.2.3", config, ConformanceFixture.features(announcer), announcer));
    }

    @AfterAll
    void stop() {
        if (mcp != null) {
            mcp.close();
            named.close();
            registry.close();
            cluster.close();
        }
    }

    @Test
    void sessionsConformToTheirNewestRevision() throws Exception {
        conform(mcp, "conformance-2025-11-25.yml", "--spec-version", "2025-11-25", "--suite", "active");
    }

    @Test
    void requestsConformToTheStatelessRevision() throws Exception {
        conform(mcp, "conformance-2026-07-28.yml", "--requirements", "2026-07-28");
    }

    @Test
    void everyScenarioOfSessionsPassesWhereItFindsItsNames() throws Exception {
        conform(named, "conformance-named-2025-11-25.yml", "--spec-version", "2025-11-25", "--suite", "active");
    }

    @Test
    void scenariosOfTheStatelessRevisionPassWhereTheyFindTheirNames() throws Exception {
        conform(named, "conformance-named-2026-07-28.yml", "--requirements", "2026-07-28");
    }

    private void conform(McpFixture server, String expected, String... scenarios) throws Exception {
        var failures = Path.of(Objects.requireNonNull(ConformanceIT.class.getResource(expected))
                .toURI());
        var command = new ArrayList<>(List.of(
                home.resolve("node_modules/.bin/conformance").toString(),
                "server",
                "--url",
                "http://localhost:" + server.port() + McpEndpoint.PATH,
                "--expected-failures",
                failures.toString()));
        command.addAll(List.of(scenarios));
        var ended = run(command);
        assertThat(ended.status()).as(ended.said()).isZero();
        assertThat(ended.said()).contains("all failures are expected");
    }

    /** In the directory, not with --prefix, which would hide the machine's own settings, such as its certificates. */
    private void install() throws Exception {
        Files.createDirectories(home);
        Files.writeString(home.resolve("package.json"), "{\"private\": true}");
        var command = new ArrayList<>(
                List.of("npm", "install", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1"));
        command.addAll(PACKAGES);
        var ended = run(command);
        assumeTrue(ended.status() == 0, () -> "npm cannot fetch the suite: " + ended.said());
    }

    private Ended run(List<String> command) throws Exception {
        var output = Files.createTempFile(home, "run", ".txt");
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .directory(home.toFile());
        builder.environment()
                .merge("PATH", home.resolve("node_modules/.bin") + File.pathSeparator, (path, own) -> own + path);
        var process = builder.start();
        try {
            assertThat(process.waitFor(ENOUGH.toSeconds(), TimeUnit.SECONDS))
                    .as("%s ends", command)
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), read(output));
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } finally {
            Files.delete(file);
        }
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private record Ended(int status, String said) {}
}
