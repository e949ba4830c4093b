package dev.pgherd.faults;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Decides which request meets which fault, the same way for the same seed and the same order of requests. */
final class Weather {

    private final Random random;
    private final double chance;
    private final List<Fault> faults;

    private Weather(long seed, double chance, Set<Fault> faults) {
        this.random = new Random(seed);
        this.chance = chance;
        this.faults = faults.stream().sorted().toList();
    }

    static Weather fair() {
        return new Weather(0, 0, Set.of());
    }

    /** Of the requests that one of the faults can hit, this part is hit. */
    static Weather of(long seed, double chance, Set<Fault> faults) {
        return new Weather(seed, chance, faults);
    }

    synchronized Optional<Fault> over(ApiCall call) {
        var possible = faults.stream().filter(fault -> fault.hits(call)).toList();
        return possible.isEmpty() || random.nextDouble() >= chance
                ? Optional.empty()
                : Optional.of(possible.get(random.nextInt(possible.size())));
    }

    synchronized Duration upTo(Duration longest) {
        return Duration.ofMillis(random.nextInt((int) longest.toMillis()));
    }
}
