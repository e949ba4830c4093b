package dev.pgherd.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the MCP endpoint offers, and its limits.
 *
 * @param namespaces where a tool may look
 * @param defaultNamespace where a tool looks that is given no namespace
 * @param enabledTools names of the tools that exist at all
 * @param maxWait how long a tool call may wait for an instance at most
 * @param schemaCache how long what is known of a database's tables is used without looking again
 * @param sessionIdle an MCP session that is neither used nor listened to for this long is forgotten
 */
public record McpConfig(
        Namespaces namespaces,
        String defaultNamespace,
        Set<String> enabledTools,
        Duration maxWait,
        Duration sessionIdle,
        int maxRows,
        int maxResultBytes,
        Duration statementTimeout,
        Duration schemaCache,
        CallLimitConfig callLimits,
        InstanceToolConfig instanceTools,
        AskConfig ask,
        StateKey stateKey) {

    public static final String DEFAULT_NAMESPACE = "PGHERD_DEFAULT_NAMESPACE";
    public static final String ENABLED_TOOLS = "PGHERD_MCP_ENABLED_TOOLS";
    public static final String MAX_WAIT_SECONDS = "PGHERD_MCP_MAX_WAIT_SECONDS";
    public static final String SESSION_IDLE_SECONDS = "PGHERD_MCP_SESSION_IDLE_SECONDS";
    public static final String MAX_ROWS = "PGHERD_MCP_MAX_ROWS";
    public static final String MAX_RESULT_BYTES = "PGHERD_MCP_MAX_RESULT_BYTES";
    public static final String STATEMENT_TIMEOUT_SECONDS = "PGHERD_MCP_STATEMENT_TIMEOUT_SECONDS";
    public static final String SCHEMA_CACHE_SECONDS = "PGHERD_MCP_SCHEMA_CACHE_SECONDS";

    public static final String PROFILE = "PGHERD_MCP_PROFILE";

    /** Every tool there is, in the order in which a model should see them. */
    public static final List<String> TOOLS =
            KnownTool.ALL.stream().map(KnownTool::name).toList();

    private static final int MEBIBYTE = 1024 * 1024;

    public McpConfig {
        enabledTools = Set.copyOf(enabledTools);
    }

    public static McpConfig defaults() {
        return from(Map.of());
    }

    /**
     * Reads {@code PGHERD_NAMESPACES}, {@code PGHERD_DEFAULT_NAMESPACE} and the settings that begin with {@code PGHERD_MCP_}.
     *
     * @throws InvalidSettingException for a value that cannot be used
     */
    public static McpConfig from(Map<String, String> environment) {
        var settings = new Settings(environment);
        var namespaces = Namespaces.from(environment);
        return new McpConfig(
                namespaces,
                namespace(settings.text(DEFAULT_NAMESPACE, namespaces.first().orElse("default")), namespaces),
                tools(settings.list(
                        ENABLED_TOOLS, ToolProfile.from(settings, PROFILE).tools())),
                settings.seconds(MAX_WAIT_SECONDS, Duration.ofMinutes(10), 0, 3600),
                settings.seconds(SESSION_IDLE_SECONDS, Duration.ofHours(1), 1, 7 * 86_400),
                settings.integer(MAX_ROWS, 1000, 1, 100_000),
                settings.integer(MAX_RESULT_BYTES, MEBIBYTE, 1024, 64 * MEBIBYTE),
                settings.seconds(STATEMENT_TIMEOUT_SECONDS, Duration.ofSeconds(10), 1, 3600),
                settings.seconds(SCHEMA_CACHE_SECONDS, Duration.ofMinutes(1), 0, 86_400),
                CallLimitConfig.from(environment),
                InstanceToolConfig.from(environment),
                AskConfig.from(environment),
                StateKey.from(environment));
    }

    private static String namespace(String name, Namespaces known) {
        if (!known.contain(Namespaces.requireName(DEFAULT_NAMESPACE, name))) {
            throw new InvalidSettingException(
                    DEFAULT_NAMESPACE, name, "one of those in %s: %s".formatted(Namespaces.NAMESPACES, known));
        }
        return name;
    }

    private static Set<String> tools(List<String> names) {
        names.stream().filter(name -> !TOOLS.contains(name)).findFirst().ifPresent(name -> {
            throw new InvalidSettingException(
                    ENABLED_TOOLS, name, "a comma-separated list of " + String.join(", ", TOOLS));
        });
        return new TreeSet<>(names);
    }
}
