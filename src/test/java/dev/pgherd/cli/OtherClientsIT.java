package dev.pgherd.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.devcluster.DevCluster;
import dev.pgherd.load.NodePackages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that others made call every tool, wherever npm can fetch them. A tool that {@code calls.json} does not have fails
 * the test.
 */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherClientsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Lifetime lifetime = new Lifetime();
    private NodePackages packages;
    private Path data;
    private String url;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        data = directory;
        packages = NodePackages.install(
                "clients",
                "@modelcontextprotocol/sdk@1.32.2",
                "@modelcontextprotocol/client@2.4.0",
                "@modelcontextprotocol/inspector@2.12.0");
        for (var file : List.of("calls.json", "every-tool.mjs", "over-stdio.mjs")) {
            Files.writeString(packages.home().resolve(file), resource(file));
        }
        var cluster = lifetime.own(
                new DevCluster(directory, Directories.ofThisProcess().cache(), Clock.systemUTC()));
        cluster.start(false, progress -> {});
        var herd = lifetime.own(new Herd(
                cluster.client(),
                lifetime.own(DevRoute.of(cluster)),
                HttpConfig.defaults().withPort(0),
                McpConfig.from(Map.of())));
        url = herd.start().mcpUrl();
    }

    @AfterAll
    void stop() throws Exception {
        lifetime.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "stateless"})
    void theTypeScriptClientCallsEveryTool(String revision) throws Exception {
        // When
        var ended = packages.run(
                List.of(packages.program("node"), "every-tool.mjs", revision, url, "calls.json", revision));

        // Then
        assertThat(ended.status()).as(ended.said()).isZero();
        assertThat(ended.said()).contains("called query", "every tool was called");
    }

    @Test
    void theTypeScriptClientDoesWithoutASessionOverStdioToo() throws Exception {
        // When
        var command = new ArrayList<>(List.of(packages.program("node"), "over-stdio.mjs"));
        command.addAll(Program.command(List.of(), "mcp", "serve", "--data-dir", data.toString()));
        var ended = packages.run(command);

        // Then
        assertThat(ended.status()).as(ended.said()).isZero();
        assertThat(ended.said()).contains("tools, ", "done");
    }

    @Test
    void theInspectorCallsEveryTool() throws Exception {
        // Given
        var listed = inspect("--method", "tools/list", "--strict");
        assertThat(listed.status()).as(listed.said()).isZero();
        var offered = new HashSet<String>();
        result(listed)
                .path("tools")
                .forEach(tool -> offered.add(tool.path("name").asText()));
        assertThat(offered).contains("query");

        for (var call : JSON.readTree(resource("calls.json").replace("NAME", "inspected"))) {
            if (offered.remove(call.path("tool").asText())) {
                // When
                var called = inspect(
                        "--method",
                        "tools/call",
                        "--tool-name",
                        call.path("tool").asText(),
                        "--tool-args-json",
                        call.path("arguments").toString());

                // Then
                assertThat(called.status() == 0 || call.has("failure"))
                        .as("%s: %s", call, called.said())
                        .isTrue();
                assertThat(result(called).path("content")).isNotEmpty();
            }
        }
        assertThat(offered).as("tools without a call").isEmpty();
    }

    private NodePackages.Ended inspect(String... what) throws Exception {
        var command = new ArrayList<>(List.of(
                packages.program("mcp-inspector"), "--cli", url, "--transport", "http", "--format", "json", "--quiet"));
        command.addAll(List.of(what));
        return packages.run(command);
    }

    /** Faults follow on lines of their own. */
    private static JsonNode result(NodePackages.Ended ended) throws Exception {
        return JSON.readTree(ended.said().lines().findFirst().orElse("")).path("result");
    }

    private static String resource(String name) throws Exception {
        return Files.readString(
                Path.of(requireNonNull(OtherClientsIT.class.getResource("/dev/pgherd/clients/" + name), name)
                        .toURI()));
    }
}
