package dev.pgherd.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops or starts the server of an instance. */
abstract sealed class InstanceSwitchCommand implements Callable<Integer> {

    @Mixin
    private LocalTools tools = new LocalTools();

    @Parameters(paramLabel = "INSTANCE", description = "NAME or NAMESPACE/NAME.")
    private String instance = "";

    @Option(names = "--wait", paramLabel = "SECONDS", description = "0 does not wait until it is done; default 60.")
    private @Nullable Integer wait;

    private final boolean hibernated;

    private InstanceSwitchCommand(boolean hibernated) {
        this.hibernated = hibernated;
    }

    @Override
    public Integer call() {
        return tools.run(
                "update_postgres_instance",
                new Given()
                        .and("instance", instance)
                        .and("hibernated", hibernated)
                        .and("wait_seconds", wait)
                        .arguments());
    }

    /** {@code pgherd instances hibernate}. */
    @Command(name = "hibernate", description = "Stops the server of an instance; its data stay.")
    static final class Hibernate extends InstanceSwitchCommand {
        Hibernate() {
            super(true);
        }
    }

    /** {@code pgherd instances wake}. */
    @Command(name = "wake", description = "Starts the server of a hibernated instance again.")
    static final class Wake extends InstanceSwitchCommand {
        Wake() {
            super(false);
        }
    }
}
