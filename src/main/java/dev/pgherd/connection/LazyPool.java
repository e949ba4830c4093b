package dev.pgherd.connection;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A pool that is opened by its first use and closed when it was not used for a while, or, once retired, when its last
 * user is done. The lock is held for moments only: opening a pool does not connect.
 */
final class LazyPool {

    private final Supplier<HikariDataSource> opening;
    private final Consumer<HikariDataSource> closing;
    private final LongSupplier nanoTime;
    private final Object lock = new Object();
    private @Nullable HikariDataSource pool;
    private int users;
    private boolean retired;
    private long lastUse;

    LazyPool(Supplier<HikariDataSource> opening, Consumer<HikariDataSource> closing, LongSupplier nanoTime) {
        this.opening = opening;
        this.closing = closing;
        this.nanoTime = nanoTime;
    }

    /** Empty when the pool is retired; otherwise {@link #release} must follow. */
    Optional<HikariDataSource> acquire() {
        synchronized (lock) {
            if (retired) {
                return Optional.empty();
            }
            var opened = pool == null ? opening.get() : pool;
            pool = opened;
            users++;
            return Optional.of(opened);
        }
    }

    void release() {
        synchronized (lock) {
            users--;
            lastUse = nanoTime.getAsLong();
            if (retired && users == 0) {
                closePool();
            }
        }
    }

    /** Lets running calls finish and no new one begin. */
    void retire() {
        synchronized (lock) {
            retired = true;
            if (users == 0) {
                closePool();
            }
        }
    }

    void closeIfUnusedFor(long nanos) {
        synchronized (lock) {
            if (users == 0 && nanoTime.getAsLong() - lastUse >= nanos) {
                closePool();
            }
        }
    }

    boolean inUse() {
        synchronized (lock) {
            return users > 0;
        }
    }

    /** Ends the calls that still run, by closing their connections. */
    void closeNow() {
        synchronized (lock) {
            retired = true;
            closePool();
        }
    }

    private void closePool() {
        var open = pool;
        pool = null;
        if (open != null) {
            closing.accept(open);
        }
    }
}
