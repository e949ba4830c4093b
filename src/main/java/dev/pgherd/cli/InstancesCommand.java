package dev.pgherd.cli;

import picocli.CommandLine.Command;

/** {@code pgherd instances}. */
@Command(
        name = "instances",
        description = "Works with instances, through the tools that agents have.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            InstanceListCommand.class,
            InstanceGetCommand.class,
            InstanceCreateCommand.class,
            InstanceDropCommand.class,
            InstanceSwitchCommand.Hibernate.class,
            InstanceSwitchCommand.Wake.class,
            InstanceQueryCommand.class
        })
final class InstancesCommand {}
