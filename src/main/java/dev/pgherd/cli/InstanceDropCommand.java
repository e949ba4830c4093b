package dev.pgherd.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pgherd instances drop}. */
@Command(name = "drop", description = "Deletes an instance, whose name is to be repeated.")
final class InstanceDropCommand implements Callable<Integer> {

    @Mixin
    private LocalTools tools = new LocalTools();

    @Parameters(paramLabel = "INSTANCE", description = "NAME or NAMESPACE/NAME.")
    private String instance = "";

    @Option(names = "--confirm", paramLabel = "NAME", description = "Its name again; asked for on a terminal.")
    private @Nullable String confirm;

    @Option(names = "--approval", paramLabel = "TOKEN", description = "Where the instance demands one.")
    private @Nullable String approval;

    @Option(names = "--wait", paramLabel = "SECONDS", description = "0 does not wait until it is gone; default 60.")
    private @Nullable Integer wait;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        var name = Confirmation.of(Terminal.present())
                .name(instance, confirm)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "Missing option: --confirm=NAME, the name of the instance again"));
        var arguments = new Given()
                .and("instance", instance)
                .and("confirm", name)
                .and("approval", approval)
                .and("wait_seconds", wait)
                .arguments();
        return tools.run("drop_postgres_instance", arguments);
    }
}
