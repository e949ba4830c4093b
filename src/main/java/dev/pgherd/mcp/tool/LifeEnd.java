package dev.pgherd.mcp.tool;

import dev.pgherd.api.v1alpha1.ExpirationPolicy;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.TimeSpan;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The end of an instance's life as a call may write it; pure. */
final class LifeEnd {

    private static final Duration LEAST = Duration.ofMinutes(1);

    private LifeEnd() {}

    /** A length of time that is long enough, as the spec writes it. */
    static Optional<String> span(Arguments arguments, String field) {
        return arguments.text(field).map(text -> checkedSpan(field, text));
    }

    static String checkedSpan(String field, String text) {
        try {
            if (TimeSpan.parse(text).compareTo(LEAST) >= 0) {
                return text;
            }
        } catch (IllegalArgumentException e) {
            throw wrongSpan(field);
        }
        throw wrongSpan(field);
    }

    static String checkedTime(String field, String text) {
        try {
            OffsetDateTime.parse(text);
            return text;
        } catch (DateTimeException e) {
            throw ToolFailedException.argument(field, "a time as in RFC 3339, such as 2030-01-31T18:00:00Z");
        }
    }

    /** An end that has come takes effect at once, and that is another tool's task. */
    static void refusePast(PostgresInstance seen, SpecChange change, Instant now) {
        var created = Instant.parse(seen.getMetadata().getCreationTimestamp());
        change.end().map(end -> at(end, created)).filter(at -> !at.isAfter(now)).ifPresent(at -> {
            throw new ToolFailedException(
                    FailureKind.INVALID,
                    "The end would be %s, which is not in the future (it is %s, and the instance was created at %s): that would %s. Nothing was changed."
                            .formatted(at, now.truncatedTo(ChronoUnit.SECONDS), created, instead(seen)));
        });
    }

    /** Why an instance is gone that was there a moment ago. */
    static String ofGone(PostgresInstance last, Instant now) {
        var lifecycle = last.wish().lifecycle();
        var created = Instant.parse(last.getMetadata().getCreationTimestamp());
        var end = Optional.ofNullable(lifecycle.ttl())
                .map(ttl -> created.plus(TimeSpan.parse(ttl)))
                .or(() -> Optional.ofNullable(lifecycle.expirationTime())
                        .map(time -> OffsetDateTime.parse(time).toInstant()));
        return end.filter(at -> !at.isAfter(now)).isPresent()
                ? "it was deleted at the end of its life"
                : "it was deleted meanwhile";
    }

    private static Instant at(FieldChange end, Instant created) {
        return end.field().equals(SpecChange.TTL)
                ? created.plus(TimeSpan.parse(end.after()))
                : OffsetDateTime.parse(end.after()).toInstant();
    }

    private static String instead(PostgresInstance seen) {
        return seen.wish().lifecycle().onExpiration() == ExpirationPolicy.Delete
                ? "delete it now; use drop_postgres_instance"
                : "hibernate it now; use hibernated true";
    }

    private static ToolFailedException wrongSpan(String field) {
        return ToolFailedException.argument(field, "a length of time of at least a minute, such as 90m, 4h or 7d");
    }
}
