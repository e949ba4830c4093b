package dev.pgherd.mcp.ask;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a model's answer comes to. */
public sealed interface SqlAnswer {

    /** A statement, whatever it is worth. */
    record Sql(String sql) implements SqlAnswer {}

    /** It says that it cannot or will not. */
    record Declined(String reason) implements SqlAnswer {}

    /** Several statements, none of which is the answer. */
    record Several(int count) implements SqlAnswer {}

    /** Words without a statement. */
    record Nothing() implements SqlAnswer {}

    /** The word with which a model says so. */
    String CANNOT = "CANNOT:";

    /** A refusal as the rest here understands it. */
    static String refusal(String reason) {
        return CANNOT + " " + reason;
    }

    static SqlAnswer of(String text) {
        return Reader.read(Reader.THOUGHTS.matcher(text).replaceFirst("").strip());
    }

    /** Reads what models write. */
    final class Reader {

        private static final Pattern BLOCK = Pattern.compile("```[A-Za-z]*[ \\t]*\\r?\\n(.*?)```", Pattern.DOTALL);
        /** Some models think aloud before they answer. */
        private static final Pattern THOUGHTS = Pattern.compile("^\\s*<think>.*?</think>", Pattern.DOTALL);

        private static final Pattern DECLINING = Pattern.compile("(?m)^[\\s*]*" + CANNOT + "(.*)$");
        private static final Pattern FIRST_WORD = Pattern.compile("^\\(*\\s*([A-Za-z]+)");
        private static final Set<String> BEGINNINGS = Set.of("SELECT", "WITH", "VALUES", "TABLE", "SHOW", "EXPLAIN");

        private Reader() {}

        private static SqlAnswer read(String text) {
            var declining = DECLINING.matcher(text);
            if (declining.find()) {
                return new Declined(declining.group(1).strip());
            }
            var blocks = BLOCK.matcher(text)
                    .results()
                    .map(block -> block.group(1).strip())
                    .filter(block -> !block.isEmpty())
                    .distinct()
                    .toList();
            if (blocks.size() > 1) {
                return new Several(blocks.size());
            }
            return blocks.isEmpty() ? bare(text) : new Sql(blocks.get(0));
        }

        private static SqlAnswer bare(String text) {
            return Optional.of(FIRST_WORD.matcher(text))
                            .filter(matcher -> matcher.find()
                                    && BEGINNINGS.contains(matcher.group(1).toUpperCase(Locale.ROOT)))
                            .isPresent()
                    ? new Sql(text)
                    : new Nothing();
        }
    }
}
