package dev.pgherd.mcp.schema;

import dev.pgherd.api.InstanceKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The places of all parts of all instances, within a bound; those that were not asked for longest go first. */
final class Slots {

    private static final float LOAD = 0.75f;
    private static final int FEW = 16;

    private final LinkedHashMap<Place, Slot<?>> slots = new LinkedHashMap<>(FEW, LOAD, true);
    private final long mostBytes;
    private final int mostSlots;
    private final Consumer<InstanceKey> overviewGone;

    Slots(long mostBytes, int mostSlots, Consumer<InstanceKey> overviewGone) {
        this.mostBytes = mostBytes;
        this.mostSlots = mostSlots;
        this.overviewGone = overviewGone;
    }

    @SuppressWarnings("unchecked") // the part in the key is one of T
    synchronized <T> Slot<T> of(InstanceKey key, Part<T> part) {
        return (Slot<T>) slots.computeIfAbsent(new Place(key, part), added -> new Slot<T>());
    }

    /** Whether what was read there is still to be kept; makes room for it then. */
    synchronized boolean holds(InstanceKey key, Part<?> part, Slot<?> slot) {
        if (!slot.equals(slots.get(new Place(key, part)))) {
            return false;
        }
        var bytes = slots.values().stream().mapToLong(Slot::bytes).sum();
        var eldest = slots.entrySet().iterator();
        while ((bytes > mostBytes || slots.size() > mostSlots) && slots.size() > 1) {
            var entry = eldest.next();
            bytes -= entry.getValue().bytes();
            eldest.remove();
            gone(entry);
        }
        return true;
    }

    /** Keeps no place for what could not be read. */
    synchronized void tidy(InstanceKey key, Part<?> part, Slot<?> slot) {
        if (slot.isEmpty()) {
            slots.remove(new Place(key, part), slot);
        }
    }

    /** To be called when the overview was read anew: what is older must not speak beside it. */
    synchronized void keepOnlyOverview(InstanceKey key) {
        slots.keySet()
                .removeIf(place -> place.key().equals(key) && !place.part().equals(Part.OVERVIEW));
    }

    synchronized void forget(InstanceKey key) {
        slots.keySet().removeIf(place -> place.key().equals(key));
        overviewGone.accept(key);
    }

    private void gone(Map.Entry<Place, Slot<?>> entry) {
        if (entry.getKey().part().equals(Part.OVERVIEW)) {
            overviewGone.accept(entry.getKey().key());
        }
    }

    private record Place(InstanceKey key, Part<?> part) {}
}
