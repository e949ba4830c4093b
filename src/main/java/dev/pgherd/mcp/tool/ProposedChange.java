package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.sql.SqlRequest;
import dev.pgherd.sql.StatementEffects;
import java.util.regex.Pattern;

/**
 * What a person is asked about.
 *
 * @param full everything, for the one who is asked
 * @param outline without values, for records that others read
 */
record ProposedChange(String full, String outline) {

    /** Nobody reads more with care. */
    private static final int LONGEST = 10_000;

    /** What makes a text look like another: controls but for line breaks, and marks that turn its direction. */
    private static final Pattern DECEIVING = Pattern.compile("[\\p{Cc}\\p{Cf}\\x{2028}\\x{2029}&&[^\\n\\t]]");

    /** Enough of them push what follows out of sight. */
    private static final Pattern BLANKS = Pattern.compile("\\s{30,}");

    ProposedChange {
        full = BLANKS.matcher(DECEIVING.matcher(full).replaceAll("?"))
                .replaceAll(blanks -> " [%d blanks] ".formatted(blanks.group().length()));
        outline = OneLine.of(DECEIVING.matcher(outline).replaceAll("?"));
    }

    /** Records are read by agents, too. */
    private static String hidden(String outline, SqlRequest request) {
        return outline.contains("'") || !request.params().isEmpty()
                ? " (what stands in quotes, such as a body, and values are not shown here)"
                : "";
    }

    static ProposedChange of(String sentence) {
        return new ProposedChange(sentence, sentence);
    }

    static ProposedChange of(InstanceKey key, SqlRequest request) {
        var text = new StringBuilder("Run in %s:\n%s".formatted(key, request.sql()));
        // As JSON, in which no value can pass for the next one, nor a text for a number.
        for (var index = 0; index < request.params().size(); index++) {
            text.append("\n$%d = %s"
                    .formatted(index + 1, Arguments.json(request.params().get(index))));
        }
        if (text.length() > LONGEST) {
            throw new ToolFailedException(
                    FailureKind.INVALID,
                    "Nothing was done: a person has to approve this statement, and it has more than %d characters, which nobody reads. Split it."
                            .formatted(LONGEST));
        }
        var outline = StatementEffects.outline(request.sql()).orElse("a statement that PgHerd cannot read");
        return new ProposedChange(text.toString(), "run in %s%s: %s".formatted(key, hidden(outline, request), outline));
    }
}
