package dev.pgherd.sql;

import java.util.List;
import java.util.Set;

/** Names a command as people do: INSERT, CREATE TABLE, DROP VIEW. */
final class CommandName {

    private static final Set<String> WITH_OBJECT = Set.of("CREATE", "ALTER", "DROP", "REFRESH", "REINDEX");

    private static final Set<String> MODIFIERS = Set.of(
            "OR",
            "REPLACE",
            "TEMP",
            "TEMPORARY",
            "GLOBAL",
            "LOCAL",
            "UNLOGGED",
            "UNIQUE",
            "RECURSIVE",
            "FOREIGN",
            "MATERIALIZED",
            "CONSTRAINT",
            "EVENT");

    private CommandName() {}

    static String of(List<String> words) {
        if (words.isEmpty()) {
            return "";
        }
        var command = words.get(0);
        return WITH_OBJECT.contains(command)
                ? words.stream()
                        .skip(1)
                        .filter(word -> !MODIFIERS.contains(word))
                        .findFirst()
                        .map(object -> command + " " + object)
                        .orElse(command)
                : command;
    }
}
