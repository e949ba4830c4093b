package dev.pgherd.cli;

import picocli.CommandLine.Command;

/** {@code pgherd mcp}. */
@Command(
        name = "mcp",
        description = "MCP without a server that stays up.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = McpServeCommand.class)
final class McpCommand {}
