package dev.pgherd.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Opens a connection only when there is room for one more. */
final class BudgetedDataSource extends PlainDataSource {

    private final RoutedDataSource source;
    private final ConnectionBudget budget;
    private final Claimant claimant;
    private final Duration patience;
    private final Duration connectionTimeout;

    BudgetedDataSource(
            RoutedDataSource source, ConnectionBudget budget, Claimant claimant, Duration connectionTimeout) {
        this.source = source;
        this.budget = budget;
        this.claimant = claimant;
        this.connectionTimeout = connectionTimeout;
        // Shorter than the caller waits, so that the caller learns why there is no connection.
        this.patience = connectionTimeout.multipliedBy(3).dividedBy(4);
    }

    /** A pool that closes waits for so long for what it still opens; what comes later is closed by nobody. */
    @Override
    public int getLoginTimeout() {
        return (int) connectionTimeout.multipliedBy(2).toSeconds() + 1;
    }

    @Override
    public Connection getConnection() throws SQLException {
        var permit = budget.acquire(claimant, patience);
        try {
            return CountedConnection.of(source.getConnection(), permit);
        } catch (SQLException | RuntimeException | Error e) {
            permit.release();
            throw e;
        }
    }
}
