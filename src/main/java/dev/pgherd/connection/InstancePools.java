package dev.pgherd.connection;

import java.util.stream.Stream;

/** The pools of one instance for one target: another endpoint or password means other pools, and nothing known of it. */
record InstancePools(Target target, int generation, LazyPool reading, LazyPool writing, Breaker breaker) {

    LazyPool of(Access access) {
        return access == Access.READ ? reading : writing;
    }

    Stream<LazyPool> all() {
        return Stream.of(reading, writing);
    }
}
