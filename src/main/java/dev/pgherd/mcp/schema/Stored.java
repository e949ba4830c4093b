package dev.pgherd.mcp.schema;

import dev.pgherd.connection.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A part that was read, and when the reading began. */
record Stored<T>(T value, Target target, Instant readAt, long bytes) {

    Known<T> at(Instant now, Optional<RuntimeException> problem) {
        return new Known<>(value, target, age(now), problem);
    }

    Duration age(Instant now) {
        var age = Duration.between(readAt, now);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
