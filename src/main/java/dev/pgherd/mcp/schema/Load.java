package dev.pgherd.mcp.schema;

import dev.pgherd.connection.Target;

/** What came of reading a part. */
public sealed interface Load<T> {

    /**
     * It was read.
     *
     * @param target as which the instance was known then
     * @param bytes about how much it is
     */
    record Loaded<T>(Target target, T value, long bytes) implements Load<T> {}

    /** It could not be read, for a reason that callers are to hear. */
    record Failed<T>(RuntimeException reason) implements Load<T> {}

    /** Whoever asked for it does not want it any more. */
    record Cancelled<T>() implements Load<T> {}
}
