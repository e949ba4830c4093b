package dev.pgherd.cli;

import dev.pgherd.cli.output.InstanceText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pgherd instances get}. */
@Command(name = "get", description = "Shows an instance: how it is, and what happened to it.")
final class InstanceGetCommand implements Callable<Integer> {

    @Mixin
    private LocalTools tools = new LocalTools();

    @Parameters(paramLabel = "INSTANCE", description = "NAME or NAMESPACE/NAME.")
    private String instance = "";

    @Override
    public Integer call() {
        return tools.run(
                "get_postgres_instance",
                new Given().and("instance", instance).arguments(),
                result -> InstanceText.details(result.structured()));
    }
}
