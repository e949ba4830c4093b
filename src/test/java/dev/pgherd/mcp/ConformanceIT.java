package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.PoolSettings;
import dev.pgherd.load.NodePackages;
import dev.pgherd.mcp.fixture.ConformanceFixture;
import dev.pgherd.mcp.instance.KnownInstances;
import dev.pgherd.mcp.method.Announcer;
import dev.pgherd.mcp.tool.PgTools;
import dev.pgherd.sql.SqlRunner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

    private static final String SUITE = "@modelcontextprotocol/conformance@0.2.0-alpha.12";

    private NodePackages packages;
    private Cluster cluster;
    private ConnectionRegistry registry;
    private McpFixture mcp;
    private McpFixture named;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        packages = NodePackages.install("conformance", SUITE);
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
                packages.program("conformance"),
                "server",
                "--url",
                "http://localhost:" + server.port() + McpEndpoint.PATH,
                "--expected-failures",
                failures.toString()));
        command.addAll(List.of(scenarios));
        var ended = packages.run(command);
        assertThat(ended.status()).as(ended.said()).isZero();
        assertThat(ended.said()).contains("all failures are expected");
    }
}
