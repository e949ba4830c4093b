package dev.pgherd.api.v1alpha1;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Maps in one order, so that equal wishes are written alike. */
final class Sorted {

    private Sorted() {}

    /** Null, which Jackson passes for what the user left out, is an empty map. */
    static <V> Map<String, V> copy(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
    }
}
