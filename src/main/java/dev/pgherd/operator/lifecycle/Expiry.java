package dev.pgherd.operator.lifecycle;

import dev.pgherd.api.v1alpha1.ExpirationPolicy;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.TimeSpan;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When an instance's life ends and what happens then. It is computed from the resource alone, each time anew: whatever
 * becomes of the operator or of its clock, the resource decides.
 *
 * @param warned from when on the end counts as near
 */
public record Expiry(Instant at, Instant warned, ExpirationPolicy then) {

    /** The last moment that RFC 3339 can write. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private static final Duration LONGEST_WARNING = Duration.ofMinutes(10);
    private static final int WARNING_PART = 10;

    /**
     * Empty for an instance without an end.
     *
     * @throws IllegalArgumentException for an expirationTime that is none, which the definition does not let pass
     */
    public static Optional<Expiry> of(PostgresInstance instance) {
        var lifecycle = instance.wish().lifecycle();
        if (lifecycle.ttl() == null && lifecycle.expirationTime() == null) {
            return Optional.empty();
        }
        var created = Instant.parse(instance.getMetadata().getCreationTimestamp());
        return Optional.ofNullable(lifecycle.ttl())
                .map(ttl -> created.plus(TimeSpan.parse(ttl)))
                .or(() -> Optional.ofNullable(lifecycle.expirationTime()).map(Expiry::time))
                .map(end -> ending(created, end, lifecycle.onExpiration()));
    }

    private static Expiry ending(Instant created, Instant end, ExpirationPolicy then) {
        var at = (end.isAfter(LAST) ? LAST : end).truncatedTo(ChronoUnit.SECONDS);
        var life = Duration.between(created, at);
        var warning = life.isNegative() ? Duration.ZERO : life.dividedBy(WARNING_PART);
        return new Expiry(at, at.minus(warning.compareTo(LONGEST_WARNING) > 0 ? LONGEST_WARNING : warning), then);
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "spec.lifecycle.expirationTime is '%s'; write it as RFC 3339, such as 2030-01-31T18:00:00Z"
                            .formatted(text),
                    e);
        }
    }

    public boolean reached(Instant now) {
        return !now.isBefore(at);
    }

    /** Whether the end is close enough to be warned of, or has come. */
    public boolean near(Instant now) {
        return !now.isBefore(warned);
    }

    /** How long until something changes by the passing of time alone; empty when nothing will any more. */
    public Optional<Duration> untilNextTurn(Instant now) {
        return Stream.of(warned, at)
                .filter(turn -> turn.isAfter(now))
                .findFirst()
                .map(turn -> Duration.between(now, turn));
    }
}
