package dev.pgherd.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.pgherd.route.Route;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/** Makes pools that do not connect before they are asked for a connection. */
final class PoolFactory {

    private final Route route;
    private final PoolSettings settings;
    private final MeterRegistry meters;
    private final ScheduledExecutorService housekeeper;
    private final Executor closer;
    private final LongSupplier nanoTime;

    PoolFactory(
            Route route,
            PoolSettings settings,
            MeterRegistry meters,
            ScheduledExecutorService housekeeper,
            Executor closer,
            LongSupplier nanoTime) {
        this.route = route;
        this.settings = settings;
        this.meters = meters;
        this.housekeeper = housekeeper;
        this.closer = closer;
        this.nanoTime = nanoTime;
    }

    InstancePools pools(Target target, int generation) {
        return new InstancePools(
                target, generation, lazy(target, Access.READ, generation), lazy(target, Access.WRITE, generation));
    }

    private LazyPool lazy(Target target, Access access, int generation) {
        return new LazyPool(
                () -> new HikariDataSource(config(target, access, generation)),
                pool -> closer.execute(pool::close),
                nanoTime);
    }

    private HikariConfig config(Target target, Access access, int generation) {
        var config = new HikariConfig();
        config.setPoolName(name(target, access, generation));
        config.setDataSource(new RoutedDataSource(route, target, access, settings));
        config.setMaximumPoolSize(target.configured().map(PoolSize::maximum).orElse(settings.maximumSize()));
        config.setMinimumIdle(target.configured().map(PoolSize::idle).orElse(0));
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(settings.connectionTimeout().toMillis());
        config.setValidationTimeout(settings.connectionTimeout().toMillis() / 2);
        config.setIdleTimeout(settings.connectionIdleTimeout().toMillis());
        config.setMaxLifetime(settings.maxLifetime().toMillis());
        config.setScheduledExecutor(housekeeper);
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
