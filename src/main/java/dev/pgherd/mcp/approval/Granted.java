package dev.pgherd.mcp.approval;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tokens that people have granted on an instance, as its annotation lists them. */
record Granted(List<String> tokens) {

    /** What {@code kubectl annotate} writes. */
    static final String ANNOTATION = "pgherd.dev/approved";

    /** Counts the forms that have been used, so that the answer to one does not count for the next. */
    static final String FORMS = "pgherd.dev/approved-forms";

    private static final Pattern COUNT = Pattern.compile("[0-9]{1,18}");

    static long forms(PostgresInstance instance) {
        var count = annotation(instance, FORMS);
        return COUNT.matcher(count).matches() ? Long.parseLong(count) : 0;
    }

    static Granted on(PostgresInstance instance) {
        return new Granted(Arrays.stream(annotation(instance, ANNOTATION).split(",", -1))
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .distinct()
                .toList());
    }

    private static String annotation(PostgresInstance instance, String name) {
        var annotations = Optional.ofNullable(instance.getMetadata().getAnnotations());
        return annotations.map(all -> all.get(name)).orElse("");
    }

    boolean contain(String token) {
        return tokens.contains(token);
    }

    Granted without(String token) {
        return new Granted(tokens.stream().filter(other -> !other.equals(token)).toList());
    }

    /** What cannot count any more goes on this occasion. */
    Granted with(String token, Instant now) {
        return new Granted(Stream.concat(tokens.stream().filter(other -> lives(other, now)), Stream.of(token))
                .distinct()
                .toList());
    }

    /** The annotation's value; empty for none. */
    String value() {
        return String.join(",", tokens);
    }

    private static boolean lives(String token, Instant now) {
        return ApprovalToken.parse(token).filter(parsed -> !parsed.expired(now)).isPresent();
    }
}
