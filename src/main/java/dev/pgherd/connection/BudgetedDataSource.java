package dev.pgherd.connection;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens a connection only when there is room for one more. */
final class BudgetedDataSource extends PlainDataSource {

    private final RoutedDataSource source;
    private final ConnectionBudget budget;
    private final Claimant claimant;
    private final PoolSettings settings;

    BudgetedDataSource(RoutedDataSource source, ConnectionBudget budget, Claimant claimant, PoolSettings settings) {
        this.source = source;
        this.budget = budget;
        this.claimant = claimant;
        this.settings = settings;
    }

    /** A pool that closes waits for so long for what it still opens; what comes later is closed by nobody. */
    @Override
    public int getLoginTimeout() {
        return (int) settings.connectionTimeout().multipliedBy(2).toSeconds() + 1;
    }

    @Override
    public Connection getConnection() throws SQLException {
        var permit = budget.acquire(claimant, settings.patience());
        try {
            return CountedConnection.of(source.getConnection(), permit);
        } catch (SQLException | RuntimeException | Error e) {
            permit.release();
            throw e;
        }
    }
}
