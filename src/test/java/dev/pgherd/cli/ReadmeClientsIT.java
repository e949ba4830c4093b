package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pgherd.mcp.Cluster;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README tells users to paste into their clients starts a server that answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadmeClientsIT {

    private static final String CLONE = "/path/to/pgherd";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Path clone;
    private Cluster cluster;

    /** A clone whose program is this one's, and beside it what a pgherd dev that runs there leaves for others. */
    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        clone = Files.createDirectories(directory.resolve("clone"));
        cluster = new Cluster(directory.resolve("api"));
        cluster.create("default", "shop", Map.of());
        Files.writeString(
                Files.createDirectories(clone.resolve(".pgherd")).resolve("kubeconfig"), cluster.kubeconfig());
        Files.createSymbolicLink(
                Files.createDirectories(clone.resolve("bin")).resolve("pgherd"),
                Path.of("bin", "pgherd").toAbsolutePath());
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Claude Desktop", "VS Code", "Cursor", "Claude Code"})
    void theServerThatAClientIsToldToStartAnswers(String name) throws Exception {
        var command = commandFor(name).stream()
                .map(word -> word.replace(CLONE, clone.toString()))
                .toList();
        var server = ServerParameters.builder(command.get(0))
                .args(command.subList(1, command.size()))
                .build();
        var transport = new StdioClientTransport(server, new JacksonMcpJsonMapper(new ObjectMapper()));
        try (var client = McpClient.sync(transport)
                .requestTimeout(Duration.ofMinutes(3))
                .initializationTimeout(Duration.ofMinutes(3))
                .build()) {
            var about = client.initialize();
            var tools = client.listTools().tools();
            var listed = client.callTool(McpSchema.CallToolRequest.builder("list_postgres_instances")
                    .arguments(Map.of())
                    .build());

            assertThat(about.serverInfo().name()).isEqualTo("pgherd");
            assertThat(tools).extracting(McpSchema.Tool::name).contains("query", "create_postgres_instance");
            assertThat(listed.content().toString()).contains("default/shop");
        }
    }

    @Test
    void withoutInputItEndsAndHasSaidNothing() throws Exception {
        var server = serve();
        server.getOutputStream().close();

        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isZero();
        assertThat(server.getInputStream().readAllBytes()).isEmpty();
    }

    @Test
    void itEndsWhenItIsToldTo() throws Exception {
        // Given
        var server = serve();
        var input = server.outputWriter();
        input.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n");
        input.flush();
        var answer = server.inputReader().readLine();

        // When
        server.destroy();

        // Then
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(answer).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
    }

    private Process serve() throws IOException {
        return new ProcessBuilder(
                        clone.resolve("bin/pgherd").toString(),
                        "mcp",
                        "serve",
                        "--data-dir",
                        clone.resolve(".pgherd").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** From the first snippet below the client's name that starts a program. */
    private static List<String> commandFor(String client) throws IOException {
        var readme = Files.readString(Path.of("README.md"));
        var local = readme.substring(readme.indexOf("### Without a server"));
        var snippet = Pattern.compile(
                        Pattern.quote(client) + "[^`]*(?:`[^`]+`[^`]*)*?```(json|sh)\\n(.*?)```", Pattern.DOTALL)
                .matcher(local);
        assertThat(snippet.find()).as(client).isTrue();
        return snippet.group(1).equals("json") ? fromJson(snippet.group(2)) : fromShell(snippet.group(2));
    }

    private static List<String> fromJson(String snippet) throws IOException {
        var server = JSON.readTree(snippet).elements().next().path("pgherd");
        var command = new ArrayList<>(List.of(server.path("command").asText()));
        server.path("args").forEach((JsonNode word) -> command.add(word.asText()));
        return command;
    }

    private static List<String> fromShell(String snippet) {
        var command = snippet.strip().split(" -- ", 2)[1];
        return List.of(command.split(" +"));
    }
}
