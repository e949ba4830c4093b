package dev.pgherd.mcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A statement that means harm, and what becomes of it: rows, a SQLSTATE, or not sent.
 *
 * @param open by query, where agents may read everything
 * @param kept by query, where things are kept from agents
 * @param written by execute, where things are kept from agents
 */
record HostileStatement(String sql, String open, String kept, String written) {

    private static final Path FILE = Path.of("src/test/resources/dev/pgherd/mcp/hostile.sql");
    private static final Pattern HEADER =
            Pattern.compile("(?<=^|\\n)-- @ open: ([^,\\n]+), kept: ([^,\\n]+), written: ([^,\\n]+)\\n");

    static List<HostileStatement> all() {
        var text = text();
        var statements = new ArrayList<HostileStatement>();
        var header = HEADER.matcher(text);
        var found = header.find();
        while (found) {
            var verdicts = header.toMatchResult();
            found = header.find();
            var sql = text.substring(verdicts.end(), (found ? header.start() : text.length()) - 1);
            statements.add(new HostileStatement(
                    sql.replace("<NUL>", "\0"), verdicts.group(1), verdicts.group(2), verdicts.group(3)));
        }
        return statements;
    }

    static void write(List<HostileStatement> statements) throws IOException {
        var text = new StringBuilder();
        for (var one : statements) {
            text.append("-- @ open: %s, kept: %s, written: %s%n".formatted(one.open, one.kept, one.written))
                    .append(one.sql.replace("\0", "<NUL>"))
                    .append('\n');
        }
        Files.writeString(FILE, text.toString());
    }

    private static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
