package dev.pgherd.mcp.schema;

import dev.pgherd.connection.Target;
import java.time.Duration;
import java.util.Optional;

/**
 * A part as it is known.
 *
 * @param age how long ago it was read
 * @param problem why it could not be read again, where it should have been
 */
public record Known<T>(T value, Target target, Duration age, Optional<RuntimeException> problem) {}
