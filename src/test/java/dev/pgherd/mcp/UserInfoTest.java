package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.PoolSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who callers are taken for, as the embedded API says it: there, one user may do everything. */
class UserInfoTest {

    @Test
    void aCallerLearnsWhoItActsAsAndWhichToolsItMayUseWhere(@TempDir Path directory) {
        // Given
        var config = McpConfig.from(Map.of("PGHERD_NAMESPACES", "team-a,team-b", "PGHERD_MCP_PROFILE", "read"));
        try (var cluster = new Cluster(directory);
                var registry = new ConnectionRegistry(
                        (instance, endpoint) -> new InetSocketAddress(endpoint.host(), endpoint.port()),
                        PoolSettings.defaults(),
                        new SimpleMeterRegistry());
                var mcp = McpFixture.of(config, cluster.client(), registry);
                var caller = new Caller(mcp.connect())) {
            // When
            var answer = caller.ask("user_info", Map.of());

            // Then
            assertThat(answer.structured().path("username").asText()).isEqualTo("pgherd-dev");
            assertThat(answer.structured().path("groups").toString()).contains("system:masters");
            assertThat(answer.structured().path("namespaces")).hasSize(2).allSatisfy(place -> {
                var allowed = new TreeSet<String>();
                place.path("allowed").forEach(tool -> allowed.add(tool.asText()));
                assertThat(allowed).isEqualTo(config.enabledTools());
                assertThat(place.path("refused")).isEmpty();
            });
            assertThat(answer.text())
                    .contains("every caller acts as PgHerd itself", "team-b: may use")
                    .doesNotContain("may not");
            assertThat(caller.fail("user_info", Map.of("namespace", "team-c"))).contains("does not look after");
        }
    }
}
