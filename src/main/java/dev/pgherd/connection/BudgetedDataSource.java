package dev.pgherd.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Opens a connection only when there is room for one more, and tells its pool what came of it. As long as somebody waits
 * it goes on trying: the pool itself would try ever later, and the next caller would wait for that.
 */
final class BudgetedDataSource extends PlainDataSource {

    private static final long PAUSE_MILLIS = 200;

    private final RoutedDataSource source;
    private final ConnectionBudget budget;
    private final Claimant claimant;
    private final PoolSettings settings;
    private final LongSupplier nanoTime;

    BudgetedDataSource(
            RoutedDataSource source,
            ConnectionBudget budget,
            Claimant claimant,
            PoolSettings settings,
            LongSupplier nanoTime) {
        this.source = source;
        this.budget = budget;
        this.claimant = claimant;
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /** A pool that closes waits for so long for what it still opens; what comes later is closed by nobody. */
    @Override
    public int getLoginTimeout() {
        return (int) settings.connectionTimeout().multipliedBy(2).toSeconds() + 1;
    }

    @Override
    public Connection getConnection() throws SQLException {
        while (true) {
            try {
                var connection = counted();
                claimant.connected();
                return connection;
            } catch (SQLException e) {
                claimant.failed(e);
                if (!paused() || !claimant.hasCallers()) {
                    throw e;
                }
            }
        }
    }

    /** False when its pool is being closed. */
    private static boolean paused() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Connection counted() throws SQLException {
        var permit = budget.acquire(claimant, settings.patience());
        try {
            return CountedConnection.of(source.getConnection(), permit, nanoTime.getAsLong());
        } catch (SQLException | RuntimeException | Error e) {
            permit.release();
            throw e;
        }
    }
}
