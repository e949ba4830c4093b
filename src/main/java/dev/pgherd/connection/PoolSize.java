package dev.pgherd.connection;

/**
 * How many connections a pool may have.
 *
 * @param maximum at most
 * @param idle kept when nobody uses them
 */
public record PoolSize(int maximum, int idle) {}
