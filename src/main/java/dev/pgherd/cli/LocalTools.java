package dev.pgherd.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.cli.cluster.ClusterOptions;
import dev.pgherd.cli.output.InstanceText;
import dev.pgherd.cli.output.OutputFormat;
import dev.pgherd.cli.output.Waiting;
import dev.pgherd.config.EnvironmentInstances;
import dev.pgherd.config.McpConfig;
import dev.pgherd.config.PoolConfig;
import dev.pgherd.mcp.tool.Caller;
import dev.pgherd.mcp.tool.ToolResult;
import dev.pgherd.sql.Cancellation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What the commands have in common that work through the tools: which cluster, what the output looks like, and the calls. */
final class LocalTools {

    /** Reads what tools only write. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final Caller CALLER = new Caller("cli", "cli");

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.",
            defaultValue = "table")
    private OutputFormat format = OutputFormat.TABLE;

    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    ClusterOptions cluster() {
        return cluster;
    }

    /** Calls a tool once, and shows its result; people read what the tool says of it. */
    int run(String tool, Map<String, @Nullable Object> arguments) {
        return run(tool, arguments, LocalTools::text);
    }

    /** What a tool says of its result. */
    static String text(ToolResult.Success result) {
        return CommandWords.of(result.texts().get(0));
    }

    /** Calls a tool once, and shows its result. */
    int run(String tool, Map<String, @Nullable Object> arguments, Function<ToolResult.Success, String> forPeople) {
        return with(calls -> {
            var result = calls.call(tool, arguments);
            show(result.structured(), () -> forPeople.apply(result));
            return 0;
        });
    }

    /** Does something with the tools, which are there for as long as that takes. */
    int with(Function<Calls, Integer> work) {
        if (format == OutputFormat.CSV) {
            throw new ParameterException(
                    spec.commandLine(), "--output csv is for rows: only pgherd instances query has them");
        }
        return withRows(work);
    }

    /** The same for what shows rows. */
    int withRows(Function<Calls, Integer> work) {
        Logging.quiet();
        var environment = System.getenv();
        var config = cluster.config(environment);
        config.setRequestRetryBackoffLimit(0); // a person is waiting, and calls again
        var settings = cluster.settings(config, environment);
        var mcpConfig = McpConfig.from(settings);
        var names = mcpConfig.namespaces().names();
        try (var lifetime = new Lifetime().start()) {
            var client = lifetime.own(ClusterOptions.client(config));
            var route = lifetime.own(ClusterOptions.route(config, environment, client));
            var served = lifetime.own(
                    new Served(client, route, mcpConfig, PoolConfig.from(settings), names, new SimpleMeterRegistry()));
            served.register(EnvironmentInstances.from(settings));
            served.start();
            return work.apply((tool, arguments) -> call(served, tool, arguments));
        }
    }

    void show(ObjectNode result, Supplier<String> forPeople) {
        print(format.of(result, forPeople).orElseThrow());
    }

    /** A result of a statement. */
    void showRows(ObjectNode result) {
        print(format.of(result, () -> InstanceText.rows(result)).orElseGet(() -> CsvRows.of(result)));
    }

    private void print(String text) {
        var out = spec.commandLine().getOut();
        out.print(text.endsWith("\n") ? text : text + System.lineSeparator());
        out.flush();
    }

    private ToolResult.Success call(Served served, String tool, Map<String, @Nullable Object> arguments) {
        try (var waiting =
                new Waiting(spec.commandLine().getErr(), Terminal.present().isPresent())) {
            var result = served.toolbox().call(tool, CALLER, arguments, waiting, new Cancellation());
            if (result instanceof ToolResult.Success success) {
                return new ToolResult.Success(
                        JSON.valueToTree(success.structured()), success.texts(), success.instances());
            }
            throw new CommandFailedException(CommandWords.of(((ToolResult.Failure) result).message()));
        }
    }

    /** Calls tools; a failure ends the command with its message. */
    @FunctionalInterface
    interface Calls {
        ToolResult.Success call(String tool, Map<String, @Nullable Object> arguments);
    }
}
