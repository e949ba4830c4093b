package dev.pgherd.connection;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.SQLException;
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
    private final PoolSize size;
    private final LongSupplier nanoTime;
    private final Turns turns;
    private final Object lock = new Object();
    private volatile @Nullable HikariDataSource pool;
    private int users;
    private boolean retired;
    private volatile long lastUse;
    private volatile @Nullable Failure lastFailure;

    LazyPool(
            Function<Claimant, HikariDataSource> opening,
            Consumer<HikariDataSource> closing,
            PoolSize size,
            LongSupplier nanoTime) {
        this.opening = opening;
        this.closing = closing;
        this.size = size;
        this.turns = new Turns(size.maximum());
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

    /** Whether nobody uses it any more, nor will. */
    boolean done() {
        synchronized (lock) {
            return retired && users == 0;
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

    @Override
    public void connected() {
        keepInReserve(size.idle());
    }

    /** Whoever comes next must not wait until the pool tries again, ever later, to fill its reserve. */
    @Override
    public void failed(SQLException reason) {
        lastFailure = new Failure(nanoTime.getAsLong(), reason);
        keepInReserve(0);
    }

    /** Why the last attempt to connect failed, if that was after a time in elapsed nanoseconds. */
    Optional<SQLException> failureSince(long nanos) {
        var last = lastFailure;
        return last == null || last.at() - nanos < 0 ? Optional.empty() : Optional.of(last.reason());
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

    private void keepInReserve(int connections) {
        var open = pool;
        if (open != null) {
            open.setMinimumIdle(connections);
        }
    }

    private void closePool() {
        var open = pool;
        pool = null;
        if (open != null) {
            closing.accept(open);
        }
    }

    private record Failure(long at, SQLException reason) {}
}
