package dev.pgherd.mcp;

import java.util.List;
import java.util.Random;

/** Statements made from others by chance, the same in every run of one seed. */
final class Mutants {

    private static final List<String> PIECES = List.of(
            ";",
            "'",
            "\"",
            "\\",
            "$$",
            "$a$",
            "--",
            "/*",
            "*/",
            "E'",
            "U&'",
            "U&\"",
            "\n",
            "\r",
            "(",
            ")",
            "?",
            "$1",
            "::",
            " COMMIT ",
            " UNION ALL SELECT v FROM secrets ",
            " FROM secrets ",
            " INTO made ",
            " FOR UPDATE ",
            " DELETE FROM users ",
            " RETURNING * ",
            "é",
            "\u00a0",
            "{",
            "}",
            " AS ",
            ", ssn",
            " u.* ",
            " BEGIN ",
            " END ");

    private final List<HostileStatement> origin;
    private final Random random;

    Mutants(List<HostileStatement> origin, Random random) {
        this.origin = origin;
        this.random = random;
    }

    String next() {
        var text = new StringBuilder(any());
        for (var changes = 1 + random.nextInt(4); changes > 0; changes--) {
            change(text);
        }
        return text.isEmpty() ? ";" : text.toString();
    }

    private void change(StringBuilder text) {
        var at = random.nextInt(text.length() + 1);
        var end = Math.min(text.length(), at + 1 + random.nextInt(8));
        switch (random.nextInt(5)) {
            case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            case 1 -> text.delete(at, end);
            case 2 -> text.insert(at, text.substring(at, end));
            case 3 -> text.replace(at, text.length(), tail(any()));
            default -> text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
        }
    }

    private String tail(String sql) {
        return sql.substring(random.nextInt(sql.length()));
    }

    private String any() {
        return origin.get(random.nextInt(origin.size())).sql();
    }
}
