package dev.pgherd.cli;

import static java.util.Map.entry;

import dev.pgherd.mcp.tool.Vocabulary;
import java.util.Map;

/** What the command line calls tools and their arguments. */
final class CommandWords {

    /** What no command does, other programs do; what is not here, neither. */
    private static final Map<String, String> COMMANDS = Map.of(
            "create_postgres_instance", "pgherd instances create",
            "list_postgres_instances", "pgherd instances list",
            "get_postgres_instance", "pgherd instances get",
            "update_postgres_instance", "kubectl edit pgi",
            "drop_postgres_instance", "pgherd instances drop",
            "query", "pgherd instances query",
            "execute", "psql");

    /** Others are options of the same name. */
    private static final Map<String, String> ARGUMENTS = Map.ofEntries(
            entry("instance", "INSTANCE"),
            entry("name", "NAME"),
            entry("sql", "SQL"),
            entry("params", "VALUE"),
            entry("storage_size", "--storage"),
            entry("cpu_limit", "--cpu"),
            entry("memory_limit", "--memory"),
            entry("parameters", "--set"),
            entry("wait_seconds", "--wait"),
            entry("label_selector", "--selector"),
            entry("phase", "--status"));

    private static final Vocabulary WORDS = new Vocabulary(COMMANDS, CommandWords::argument);

    private CommandWords() {}

    /** A message of a tool, for whoever gave a command. */
    static String of(String message) {
        return WORDS.told(message);
    }

    private static String argument(String name) {
        return ARGUMENTS.getOrDefault(name, "--" + name.replace('_', '-'));
    }
}
