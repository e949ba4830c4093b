package dev.pgherd.plan;

/**
 * What the catalog knows of a table that a plan uses.
 *
 * @param rows estimated; negative where nobody has counted yet
 * @param changed rows that changed since they were looked at last
 */
public record TableFacts(String name, long rows, long changed) {

    /** Whether the planner has nothing to go by. */
    boolean unknown() {
        return rows < 0;
    }

    /** Whether what the planner goes by is of another time. */
    boolean stale() {
        return changed > 1_000 && changed > rows / 5;
    }
}
