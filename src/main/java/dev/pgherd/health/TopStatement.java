package dev.pgherd.health;

/**
 * A statement, as often and in whatever form it was run, and what it cost in all.
 *
 * @param role who ran it
 * @param blocks pages that it read, from memory or not
 * @param share of the time of all statements in the database
 */
public record TopStatement(
        String query,
        String role,
        long calls,
        double totalMillis,
        double meanMillis,
        long rows,
        long blocks,
        double share) {}
