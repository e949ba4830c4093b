package dev.pgherd.sql;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What text must be like to reach PostgreSQL as it was meant. */
final class TextRules {

    private static final int MAX_BYTES = 64 << 10;

    private TextRules() {}

    static Optional<Verdict.Denied> objection(String sql) {
        if (sql.length() > MAX_BYTES || sql.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return Optional.of(new Verdict.Denied(
                    "too-large",
                    "The statement is longer than 64 KiB. Pass values as parameters ($1, $2, ...) or split the work."));
        }
        return defect(sql)
                .map(defect -> new Verdict.Denied("invalid-text", "The statement " + defect + ". Remove it."));
    }

    /** Names what PostgreSQL's text cannot hold; empty when there is nothing. */
    static Optional<String> defect(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0) {
                return Optional.of("holds a NUL character at position " + (i + 1));
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return Optional.of("holds half of a surrogate pair at position " + (i + 1));
            }
        }
        return Optional.empty();
    }
}
