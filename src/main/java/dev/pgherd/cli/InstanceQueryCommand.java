package dev.pgherd.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pgherd instances query}. */
@Command(name = "query", description = "Runs one statement that only reads, with the rights that agents have.")
final class InstanceQueryCommand implements Callable<Integer> {

    @Mixin
    private LocalTools tools = new LocalTools();

    @Parameters(index = "0", paramLabel = "INSTANCE", description = "NAME or NAMESPACE/NAME.")
    private String instance = "";

    @Parameters(index = "1", paramLabel = "SQL", description = "Such as 'SELECT * FROM city WHERE name = $1'.")
    private String sql = "";

    @Parameters(index = "2..*", arity = "0..*", paramLabel = "VALUE", description = "Of $1, $2, and so on.")
    private List<String> values = List.of();

    @Option(names = "--max-rows", paramLabel = "ROWS", description = "Fewer than the limit.")
    private @Nullable Integer maxRows;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        var arguments = new Given()
                .and("instance", instance)
                .and("sql", sql)
                .and("params", values)
                .and("max_rows", maxRows)
                .arguments();
        return tools.withRows(calls -> {
            var result = calls.call("query", arguments).structured();
            tools.showRows(result);
            if (result.path("truncated").asBoolean()) {
                spec.commandLine()
                        .getErr()
                        .println("pgherd: this is not everything. "
                                + result.path("hint").asText());
            }
            return 0;
        });
    }
}
