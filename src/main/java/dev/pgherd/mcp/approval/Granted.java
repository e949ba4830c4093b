package dev.pgherd.mcp.approval;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The tokens that people have granted on an instance, as its annotation lists them. */
record Granted(List<String> tokens) {

    /** What {@code kubectl annotate} writes. */
    static final String ANNOTATION = "pgherd.dev/approved";

    static Granted on(PostgresInstance instance) {
        var annotations = Optional.ofNullable(instance.getMetadata().getAnnotations());
        var value = annotations.map(all -> all.get(ANNOTATION)).orElse("");
        return new Granted(Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .distinct()
                .toList());
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
