package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.schema.Known;
import java.util.Optional;
import java.util.stream.Stream;

/** How old an answer about tables is, and why it is no younger. */
record SchemaAge(long seconds, Optional<String> problem) {

    private static final String INCOMPLETE =
            "There are more names than PgHerd holds at a time, so some are missing here; ask the catalog with query.";

    static SchemaAge of(Known<?>... parts) {
        return new SchemaAge(
                Stream.of(parts).mapToLong(part -> part.age().toSeconds()).max().orElse(0),
                Stream.of(parts)
                        .flatMap(part -> part.problem().stream())
                        .map(reason -> String.valueOf(reason.getMessage()))
                        .findFirst());
    }

    SchemaAge complete(boolean all) {
        return all || problem.isPresent() ? this : new SchemaAge(seconds, Optional.of(INCOMPLETE));
    }

    void addTo(ObjectNode json) {
        json.put("age_seconds", seconds);
        problem.ifPresent(text -> json.put("problem", said(text)));
    }

    /** Begins with a new line, or is empty. */
    String text() {
        return problem.map(text -> "\n" + said(text)).orElse("");
    }

    private String said(String text) {
        return text.equals(INCOMPLETE)
                ? text
                : "This is %d s old; it could not be read again: %s".formatted(seconds, text);
    }
}
