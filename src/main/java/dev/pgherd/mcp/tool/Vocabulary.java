package dev.pgherd.mcp.tool;

import dev.pgherd.config.McpConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What tools and their arguments are called where somebody calls them, so that a message advises what can be done there.
 * A part of a message that advises a tool without a name there is left out: such parts end with a semicolon or the sentence.
 *
 * @param tools the names by tool
 * @param argument what an argument of that name is, with a capital
 */
public record Vocabulary(Map<String, String> tools, UnaryOperator<String> argument) {

    private static final String QUOTED = "(?<!\\w)(?:'[^']*'|\"[^\"]*\")";

    /** The tools whose names are words that messages are full of are called so. */
    private static final String WORDS = "\\bthe (query|execute|ask) tool\\b";

    private static final Pattern NAMED = Pattern.compile(McpConfig.TOOLS.stream()
            .filter(name -> name.contains("_"))
            .collect(Collectors.joining("|", QUOTED + "|" + WORDS + "|\\b(", ")\\b")));

    private static final Pattern PARTS = Pattern.compile("(?<=[.;] |\n)");

    private static final Pattern ARGUMENT = Pattern.compile("^Argument '(\\w+)'");

    public Vocabulary {
        tools = Map.copyOf(tools);
    }

    /** That of agents, who know these tools and no others. */
    public static Vocabulary ofAgents(Collection<String> offered) {
        return new Vocabulary(
                offered.stream().collect(Collectors.toMap(Function.identity(), Vocabulary::usual)),
                "Argument '%s'"::formatted);
    }

    /** The failure, told in these words. */
    public ToolResult.Failure told(ToolResult.Failure failure) {
        return failure.saying(told(failure.message()));
    }

    /** The same in these words; nothing is left out that is all there is. */
    public String told(String message) {
        var parts = new ArrayList<String>();
        for (var part : PARTS.split(message, -1)) {
            if (NAMED.matcher(part).results().allMatch(named -> word(named).isPresent())) {
                parts.add(named(part));
            } else if (!part.endsWith("; ") && !parts.isEmpty()) {
                endSentence(parts);
            }
        }
        var told = String.join("", parts).stripTrailing();
        return ARGUMENT.matcher(told.isEmpty() ? message : told).replaceFirst(found -> argument.apply(found.group(1)));
    }

    private String named(String part) {
        return NAMED.matcher(part)
                .replaceAll(named -> Matcher.quoteReplacement(word(named).orElseThrow()));
    }

    private static void endSentence(ArrayList<String> parts) {
        var last = parts.size() - 1;
        parts.set(last, parts.get(last).replaceFirst("; $", ". "));
    }

    /** Empty where a tool is named that has no name here. */
    private Optional<String> word(MatchResult found) {
        return tool(found)
                .map(tool -> Optional.ofNullable(tools.get(tool)))
                .orElseGet(() -> Optional.of(found.group()));
    }

    /** Empty for what is quoted, which may be anything. */
    private static Optional<String> tool(MatchResult found) {
        return Optional.ofNullable(found.group(1)).or(() -> Optional.ofNullable(found.group(2)));
    }

    private static String usual(String tool) {
        return tool.contains("_") ? tool : "the %s tool".formatted(tool);
    }
}
