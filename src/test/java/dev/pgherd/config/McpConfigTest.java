package dev.pgherd.config;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McpConfigTest {

    @Test
    void withoutSettingsEveryToolIsThere() {
        assertThat(McpConfig.defaults())
                .isEqualTo(new McpConfig(
                        Namespaces.all(),
                        "default",
                        Set.copyOf(McpConfig.TOOLS),
                        Duration.ofMinutes(10),
                        Duration.ofHours(1),
                        1000,
                        1024 * 1024,
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        new CallLimitConfig(0, 0, 16, 100),
                        new InstanceToolConfig(false, ""),
                        AskConfig.from(Map.of()),
                        new StateKey(Optional.empty())));
    }

    @Test
    void everyKeyIsRead() {
        // When
        var config = McpConfig.from(Map.ofEntries(
                entry("PGHERD_NAMESPACES", "team-b,team-a"),
                entry("PGHERD_DEFAULT_NAMESPACE", "team-a"),
                entry("PGHERD_MCP_ENABLED_TOOLS", "query, list_postgres_instances"),
                entry("PGHERD_MCP_MAX_WAIT_SECONDS", "60"),
                entry("PGHERD_MCP_SESSION_IDLE_SECONDS", "120"),
                entry("PGHERD_MCP_MAX_ROWS", "50"),
                entry("PGHERD_MCP_MAX_RESULT_BYTES", "4096"),
                entry("PGHERD_MCP_STATEMENT_TIMEOUT_SECONDS", "3"),
                entry("PGHERD_MCP_SCHEMA_CACHE_SECONDS", "5"),
                entry("PGHERD_MCP_CALLS_PER_MINUTE", "60"),
                entry("PGHERD_MCP_STATEMENTS_PER_MINUTE", "600"),
                entry("PGHERD_MCP_CALLS_AT_A_TIME", "2"),
                entry("PGHERD_MCP_TOTAL_CALLS", "8"),
                entry("PGHERD_MCP_INSTANCE_TOOLS", "true"),
                entry("PGHERD_MCP_INSTANCE_TOOL_PREFIX", "db_")));

        // Then
        assertThat(config)
                .isEqualTo(new McpConfig(
                        new Namespaces(Set.of("team-a", "team-b")),
                        "team-a",
                        Set.of("query", "list_postgres_instances"),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(2),
                        50,
                        4096,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(5),
                        new CallLimitConfig(60, 600, 2, 8),
                        new InstanceToolConfig(true, "db_"),
                        AskConfig.from(Map.of()),
                        new StateKey(Optional.empty())));
    }

    @Test
    void theDefaultNamespaceIsOneOfTheList() {
        assertThat(McpConfig.from(Map.of("PGHERD_NAMESPACES", "b,a")).defaultNamespace())
                .isEqualTo("a");
        assertThatThrownBy(
                        () -> McpConfig.from(Map.of("PGHERD_NAMESPACES", "b,a", "PGHERD_DEFAULT_NAMESPACE", "default")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("PGHERD_DEFAULT_NAMESPACE", "'default'", "PGHERD_NAMESPACES: a, b");
    }

    @Test
    void aProfileIsASetOfTools() {
        assertThat(tools("read"))
                .contains("query", "list_tables", "get_postgres_instance")
                .doesNotContain("execute", "create_postgres_instance", "drop_postgres_instance");
        assertThat(tools("operate"))
                .contains("create_postgres_instance", "drop_postgres_instance", "health_check_postgres", "query")
                .doesNotContain("execute", "list_tables");
        assertThat(tools("develop")).containsExactlyInAnyOrderElementsOf(McpConfig.TOOLS);
    }

    @Test
    void namedToolsWinOverAProfile() {
        assertThat(McpConfig.from(Map.of("PGHERD_MCP_PROFILE", "read", "PGHERD_MCP_ENABLED_TOOLS", "execute"))
                        .enabledTools())
                .containsExactly("execute");
    }

    private static Set<String> tools(String profile) {
        return McpConfig.from(Map.of("PGHERD_MCP_PROFILE", profile)).enabledTools();
    }

    @ParameterizedTest
    @CsvSource({
        "PGHERD_MCP_PROFILE, admin, 'read, develop, operate'",
        "PGHERD_DEFAULT_NAMESPACE, Team A, namespace",
        "PGHERD_MCP_ENABLED_TOOLS, querry, execute",
        "PGHERD_MCP_MAX_WAIT_SECONDS, 1h, seconds from 0 to 3600",
        "PGHERD_MCP_SESSION_IDLE_SECONDS, 0, seconds from 1",
        "PGHERD_MCP_MAX_ROWS, 0, from 1 to 100000",
        "PGHERD_MCP_MAX_RESULT_BYTES, 1, from 1024",
        "PGHERD_MCP_STATEMENT_TIMEOUT_SECONDS, 0, seconds from 1",
        "PGHERD_MCP_SCHEMA_CACHE_SECONDS, -1, seconds from 0",
        "PGHERD_MCP_CALLS_PER_MINUTE, -1, from 0",
        "PGHERD_MCP_CALLS_AT_A_TIME, 0, from 1",
        "PGHERD_MCP_INSTANCE_TOOLS, yes, true or false",
        "PGHERD_MCP_INSTANCE_TOOL_PREFIX, my db, letters",
    })
    void anInvalidValueNamesTheKeyTheValueAndWhatIsAllowed(String key, String value, String allowed) {
        assertThatThrownBy(() -> McpConfig.from(Map.of(key, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(key, "'" + value + "'", allowed);
    }
}
