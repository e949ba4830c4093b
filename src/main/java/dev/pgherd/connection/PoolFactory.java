package dev.pgherd.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.pgherd.route.Route;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Makes pools that do not connect before they are asked for a connection. */
final class PoolFactory {

    private final Route route;
    private final PoolSettings settings;
    private final ConnectionBudget budget;
    private final MeterRegistry meters;
    private final Housekeeping housekeeping;
    private final LongSupplier nanoTime;

    PoolFactory(
            Route route,
            PoolSettings settings,
            ConnectionBudget budget,
            MeterRegistry meters,
            Housekeeping housekeeping,
            LongSupplier nanoTime) {
        this.route = route;
        this.settings = settings;
        this.budget = budget;
        this.meters = meters;
        this.housekeeping = housekeeping;
        this.nanoTime = nanoTime;
    }

    InstancePools pools(Target target, int generation, Breaker breaker) {
        return new InstancePools(
                target,
                generation,
                lazy(target, Access.READ, generation),
                lazy(target, Access.WRITE, generation),
                breaker);
    }

    private LazyPool lazy(Target target, Access access, int generation) {
        // Kept while the pool is closed: it remembers what server there was.
        var source = new RoutedDataSource(route, target, access, settings);
        return new LazyPool(
                claimant -> new HikariDataSource(config(target, access, generation, source, claimant)),
                pool -> housekeeping.closer().execute(pool::close),
                PoolSize.of(target, settings.config()),
                nanoTime);
    }

    private HikariConfig config(
            Target target, Access access, int generation, RoutedDataSource source, Claimant claimant) {
        var general = settings.config();
        var size = PoolSize.of(target, general);
        var config = new HikariConfig();
        config.setPoolName(name(target, access, generation));
        config.setDataSource(new BudgetedDataSource(source, budget, claimant, settings, nanoTime));
        config.setMaximumPoolSize(size.maximum());
        config.setMinimumIdle(size.idle());
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(settings.connectionSlice().toMillis());
        config.setValidationTimeout(settings.connectionSlice().toMillis());
        config.setIdleTimeout(general.idleTimeout().toMillis());
        config.setMaxLifetime(general.lifetime().toMillis());
        config.setScheduledExecutor(housekeeping.scheduler());
        config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
        config.setThreadFactory(DaemonThreads.named("pgherd-connect-" + target.key()));
        return config;
    }

    /** A replaced pool lives on beside its successor for a while, and their meters must not be the same. */
    private static String name(Target target, Access access, int generation) {
        var name = target.key() + "/" + access.name().toLowerCase(Locale.ROOT);
        return generation == 0 ? name : name + "~" + generation;
    }
}
