package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pgherd dev} as a person uses it, and what can go wrong with it. */
class DevIT {

    @TempDir
    private Path directory;

    @Test
    void dataAndResourcesAreThereAgainAtTheNextStart() throws Exception {
        // Given
        try (var dev = start()) {
            try (var agent = connect(dev)) {
                agent.call("create_postgres_instance", Map.of("name", "kept", "deletion_policy", "Retain"));
                execute(agent, "CREATE TABLE t AS SELECT 42 AS answer");
            }
            assertThat(dev.interrupt()).isNotEqualTo(1);
            assertThat(Program.serversBelow(directory)).isEmpty();
        }

        // When
        try (var dev = start();
                var agent = connect(dev)) {
            // Then
            awaitAnswer(agent, "SELECT answer FROM t", "42");
        }
    }

    @Test
    void afterAKillTheNextStartFindsEverything() throws Exception {
        // Given
        try (var dev = start();
                var agent = connect(dev)) {
            agent.call("create_postgres_instance", Map.of("name", "kept"));
            execute(agent, "CREATE TABLE t AS SELECT 42 AS answer");
            dev.kill();
        }

        // When
        try (var dev = start();
                var agent = connect(dev)) {
            // Then
            awaitAnswer(agent, "SELECT answer FROM t", "42");
            dev.interrupt();
        }
        assertThat(Program.serversBelow(directory)).isEmpty();
    }

    @Test
    void aKilledServerIsStartedAgainWithItsData() throws Exception {
        try (var dev = start();
                var agent = connect(dev)) {
            // Given
            agent.call("create_postgres_instance", Map.of("name", "kept"));
            execute(agent, "CREATE TABLE t AS SELECT 42 AS answer");

            // When
            Program.serversBelow(directory).forEach(ProcessHandle::destroyForcibly);

            // Then
            awaitAnswer(agent, "SELECT answer FROM t", "42");
        }
    }

    @Test
    void freshDiscardsWhatWasThere() throws Exception {
        // Given
        try (var dev = start();
                var agent = connect(dev)) {
            agent.call("create_postgres_instance", Map.of("name", "old"));
            dev.interrupt();
        }

        // When
        try (var dev = Program.start(directory, "dev", "--port", "0", "--fresh");
                var agent = connect(dev)) {
            // Then
            assertThat(agent.call("list_postgres_instances", Map.of())).doesNotContain("old");
        }
    }

    @Test
    void theLogTellsWhatWasDone() throws Exception {
        try (var dev = start();
                var agent = connect(dev)) {
            agent.call("list_postgres_instances", Map.of());

            assertThat(directory.resolve(".pgherd/pgherd.log")).content().contains("INFO");
        }
    }

    @Test
    void aSecondOneOnTheSameDirectoryIsRefused() throws Exception {
        try (var first = start()) {
            first.awaitOutput("PgHerd is ready");
            try (var second = start()) {
                assertThat(second.awaitExit()).isEqualTo(1);
                assertThat(second.output()).contains("another pgherd uses the directory", "--data-dir");
            }
        }
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var dev = Program.start(directory, "dev", "--port", String.valueOf(taken.getLocalPort()))) {
            assertThat(dev.awaitExit()).isEqualTo(1);
            assertThat(dev.output())
                    .contains(String.valueOf(taken.getLocalPort()))
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aDirectoryThatCannotBeUsedIsNamed() throws Exception {
        // Given
        var file = Files.writeString(directory.resolve("file"), "not a directory");

        // When
        try (var dev = Program.start(directory, "dev", "--port", "0", "--data-dir", file.toString())) {
            // Then
            assertThat(dev.awaitExit()).isEqualTo(1);
            assertThat(dev.output()).contains(file.toString(), "--data-dir").doesNotContain("\tat ");
        }
    }

    private Program start() throws Exception {
        return Program.start(directory, "dev", "--port", "0");
    }

    private static McpSession connect(Program dev) {
        return McpSession.open(dev.awaitOutput("MCP endpoint\\s+(http://\\S+)/mcp"), "test", message -> {});
    }

    private static void execute(McpSession agent, String sql) {
        agent.call("execute", Map.of("instance", "kept", "sql", sql, "params", List.of()));
    }

    private static void awaitAnswer(McpSession agent, String sql, String answer) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(agent.call("query", Map.of("instance", "kept", "sql", sql)))
                        .contains(answer));
    }
}
