package dev.pgherd.cli;

import picocli.CommandLine.Command;

/** {@code pgherd postgres}. */
@Command(
        name = "postgres",
        description = "The same as pgherd instances, for list and drop.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {InstanceListCommand.class, InstanceDropCommand.class})
final class PostgresCommand {}
