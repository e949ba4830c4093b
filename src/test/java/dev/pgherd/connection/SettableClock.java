package dev.pgherd.connection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands until the test moves it. */
final class SettableClock extends Clock {

    private final AtomicLong millis =
            new AtomicLong(Instant.parse("2026-11-21T10:00:00Z").toEpochMilli());

    void advance(Duration by) {
        millis.addAndGet(by.toMillis());
    }

    Timing timing() {
        return new Timing(() -> TimeUnit.MILLISECONDS.toNanos(millis.get()), this, this::advance);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
