package dev.pgherd.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pgherd instances wake}. */
@Command(name = "wake", description = "Starts the server of a hibernated instance again.")
final class InstanceWakeCommand implements Callable<Integer> {

    @Mixin
    private LocalTools tools = new LocalTools();

    @Parameters(paramLabel = "INSTANCE", description = "NAME or NAMESPACE/NAME.")
    private String instance = "";

    @Option(names = "--wait", paramLabel = "SECONDS", description = "0 does not wait until it is done; default 60.")
    private @Nullable Integer wait;

    @Override
    public Integer call() {
        var arguments = new Given()
                .and("instance", instance)
                .and("hibernated", false)
                .and("wait_seconds", wait)
                .arguments();
        return tools.run("update_postgres_instance", arguments);
    }
}
