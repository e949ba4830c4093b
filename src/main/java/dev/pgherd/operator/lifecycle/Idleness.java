package dev.pgherd.operator.lifecycle;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.api.v1alpha1.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * For how long nobody has used an instance, and how long that may last.
 *
 * @param timeout after which it is to be hibernated
 * @param since when the countdown began: the last activity, or the start of the server where that is later
 */
public record Idleness(Duration timeout, Instant since) {

    /** In a steady state the status is not written; of activity that goes on it is told this often a timeout. */
    private static final int WRITES = 4;

    /** Empty where no idleTimeout is set. */
    public static Optional<Idleness> of(PostgresInstance instance, Instant started, Instant lastActivity) {
        return timeout(instance)
                .map(timeout -> new Idleness(timeout, started.isAfter(lastActivity) ? started : lastActivity));
    }

    public boolean over(Instant now) {
        return !now.isBefore(since.plus(timeout));
    }

    /** Negative when it is over. */
    public Duration untilOver(Instant now) {
        return Duration.between(now, since.plus(timeout));
    }

    /** The time for the status: the one that is there while it is about right; empty where none is kept. */
    public static Optional<String> toReport(PostgresInstance instance, Optional<Instant> lastActivity) {
        return timeout(instance).flatMap(timeout -> {
            var told = instance.reported()
                    .map(PostgresInstanceStatus::lastActivityTime)
                    .map(Instant::parse);
            var step = timeout.dividedBy(WRITES);
            return Stream.of(
                            lastActivity.filter(last ->
                                    told.map(t -> !last.isBefore(t.plus(step))).orElse(true)),
                            told)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString());
        });
    }

    private static Optional<Duration> timeout(PostgresInstance instance) {
        return Optional.ofNullable(instance.wish().lifecycle().idleTimeout()).map(TimeSpan::parse);
    }
}
