package dev.pgherd.schema;

/**
 * A function that agents may call.
 *
 * @param kind function, procedure, aggregate or window
 * @param result its type; empty for a procedure
 * @param extension the extension that made it, or empty
 */
public record Routine(
        String schema, String name, String kind, String arguments, String result, String extension, String comment) {}
