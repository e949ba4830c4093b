package dev.pgherd.mcp.tool;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Which of the names there are could have been meant by one that there is not. */
final class NearestNames {

    private static final int FEW = 5;

    private NearestNames() {}

    static <T> List<T> of(String wanted, Collection<T> all, Function<T, String> name) {
        var small = wanted.toLowerCase(Locale.ROOT);
        record Near<T>(T item, String name, int distance) {}
        return all.stream()
                .map(item -> new Near<>(
                        item, name.apply(item), distance(small, name.apply(item).toLowerCase(Locale.ROOT))))
                .sorted(Comparator.<Near<T>>comparingInt(Near::distance).thenComparing(Near::name))
                .limit(FEW)
                .map(Near::item)
                .toList();
    }

    /** A name that contains the other is nearer than one that was written differently. */
    private static int distance(String wanted, String name) {
        var written = NameDistance.between(wanted, name);
        return name.contains(wanted) || wanted.contains(name) ? Math.min(written, 2) : written;
    }
}
