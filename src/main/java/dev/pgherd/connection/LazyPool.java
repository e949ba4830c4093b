package dev.pgherd.connection;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A pool that is opened by its first use and closed when it was not used for a while, or, once retired, when its last
 * user is done. The lock is held for moments only: opening a pool does not connect.
 */
final class LazyPool implements Claimant {

    private final Function<Claimant, HikariDataSource> opening;
    private final Consumer<HikariDataSource> closing;
    private final LongSupplier nanoTime;
    private final Turns turns;
    private final Object lock = new Object();
    private volatile @Nullable HikariDataSource pool;
    private int users;
    private boolean retired;
    private volatile long lastUse;

    LazyPool(
            Function<Claimant, HikariDataSource> opening,
            Consumer<HikariDataSource> closing,
            int maximumSize,
            LongSupplier nanoTime) {
        this.opening = opening;
        this.closing = closing;
        this.turns = new Turns(maximumSize);
        this.nanoTime = nanoTime;
    }

    Turns turns() {
        return turns;
    }

    /** Empty when the pool is retired; otherwise {@link #release} must follow. */
    Optional<HikariDataSource> acquire() {
        synchronized (lock) {
            if (retired) {
                return Optional.empty();
            }
            var opened = pool == null ? opening.apply(this) : pool;
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

    @Override
    public boolean inUse() {
        synchronized (lock) {
            return users > 0;
        }
    }

    @Override
    public boolean hasCallers() {
        return turns.anyConnects();
    }

    @Override
    public boolean hasIdle() {
        return numbers().map(HikariPoolMXBean::getIdleConnections).orElse(0) > 0;
    }

    @Override
    public long lastUse() {
        return lastUse;
    }

    @Override
    public void giveWay() {
        numbers().ifPresent(HikariPoolMXBean::softEvictConnections);
    }

    /** Ends the calls that still run, by closing their connections. */
    void closeNow() {
        synchronized (lock) {
            retired = true;
            closePool();
        }
    }

    private Optional<HikariPoolMXBean> numbers() {
        var open = pool;
        return open == null ? Optional.empty() : Optional.ofNullable(open.getHikariPoolMXBean());
    }

    private void closePool() {
        var open = pool;
        pool = null;
        if (open != null) {
            closing.accept(open);
        }
    }
}
