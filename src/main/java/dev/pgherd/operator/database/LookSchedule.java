package dev.pgherd.operator.database;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import java.time.Instant;

/**
 * When a pass looks into a database that nothing calls it to: about every ten minutes, each database at its own time,
 * without anything to remember, so that a start of the operator does not look into all of them at once.
 */
final class LookSchedule {

    /** A settled instance has a pass in each of them. */
    private static final int SLOT_SECONDS = 30;

    private static final int SLOTS = 20;

    private LookSchedule() {}

    static boolean due(PostgresInstance instance, String database, Instant now) {
        var own = String.join("/", String.valueOf(instance.getMetadata().getUid()), database);
        return Math.floorMod(now.getEpochSecond() / SLOT_SECONDS, SLOTS) == Math.floorMod(own.hashCode(), SLOTS);
    }
}
