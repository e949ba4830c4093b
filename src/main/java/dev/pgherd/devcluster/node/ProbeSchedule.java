package dev.pgherd.devcluster.node;

import io.fabric8.kubernetes.api.model.Probe;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * When a probe is due and what its results amount to. Until its first success it is asked much more often than its
 * period, so that a container is ready soon; failures count once a period all the same. Times are those of
 * {@link System#nanoTime()}.
 */
final class ProbeSchedule {

    private static final long EAGER = TimeUnit.MILLISECONDS.toNanos(40);
    private static final long EAGER_PROGRAM = TimeUnit.MILLISECONDS.toNanos(250);

    private final ProbeCheck check;
    private final long period;
    private final int failureThreshold;
    private final int successThreshold;
    private final long first;
    private long due;
    private long countFailuresFrom;
    private int failures;
    private int successes;
    private boolean passed;

    ProbeSchedule(ProbeCheck check, long started) {
        this.check = check;
        Probe probe = check.probe();
        period = TimeUnit.SECONDS.toNanos(Math.max(1, Objects.requireNonNullElse(probe.getPeriodSeconds(), 10)));
        failureThreshold = Objects.requireNonNullElse(probe.getFailureThreshold(), 3);
        successThreshold = Objects.requireNonNullElse(probe.getSuccessThreshold(), 1);
        first = started + TimeUnit.SECONDS.toNanos(Objects.requireNonNullElse(probe.getInitialDelaySeconds(), 0));
        due = first;
        countFailuresFrom = first + period;
    }

    long due() {
        return due;
    }

    boolean passed() {
        return passed;
    }

    boolean failedForGood() {
        return failures >= failureThreshold;
    }

    /** Carries the probe out if it is due. */
    void tick() throws InterruptedException {
        if (System.nanoTime() - due < 0) {
            return;
        }
        var success = check.succeeds();
        var now = System.nanoTime();
        if (success) {
            failures = 0;
            successes++;
            passed = passed || successes >= successThreshold;
        } else {
            successes = 0;
            countFailure(now);
        }
        due = now + (passed ? period : Math.min(period, check.startsAProgram() ? EAGER_PROGRAM : EAGER));
    }

    private void countFailure(long now) {
        if (passed || now - countFailuresFrom >= 0) {
            failures++;
            countFailuresFrom = now + period;
        }
        if (failedForGood()) {
            passed = false;
        }
    }
}
