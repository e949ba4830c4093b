package dev.pgherd.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The program {@code pgherd}. */
@Command(
        name = "pgherd",
        description = "Manages PostgreSQL instances on Kubernetes and serves them to AI agents over MCP.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed; the reason is on standard error", "2:the command line is wrong"},
        subcommands = {
            DemoCommand.class,
            DevCommand.class,
            OperatorCommand.class,
            McpCommand.class,
            InstancesCommand.class,
            PostgresCommand.class,
            CompletionCommand.class,
            CrdCommand.class,
            VersionCommand.class
        })
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs a command and returns its exit code: 0 done, 1 failed, 2 wrong usage. */
    static int run(String... args) {
        return commandLine().execute(args);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new UsageMessages())
                .setExecutionExceptionHandler(new FailureMessages());
    }
}
