package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.health.Statistics;
import java.util.Arrays;
import java.util.stream.Stream;

/** Says how to turn pg_stat_statements on. */
final class StatisticsAdvice {

    private static final String NAME = "pg_stat_statements";
    private static final String PRELOADED = "shared_preload_libraries";

    private StatisticsAdvice() {}

    static String of(PostgresInstance instance, Statistics.Missing missing) {
        var said = "There are no statistics of statements: %s.".formatted(missing.message());
        return switch (missing.cause()) {
            case UNREADABLE -> said + " Try again in a moment.";
            case TOO_OLD -> said + " Its owner runs: ALTER EXTENSION pg_stat_statements UPDATE.";
            case NOT_INSTALLED, NOT_LOADED ->
                "%s %s Statements are counted from then on."
                        .formatted(said, instance.wish().external() == null ? managed(instance, missing) : elsewhere());
        };
    }

    private static String elsewhere() {
        return "PgHerd does not run this server: its administrator adds pg_stat_statements to shared_preload_libraries,"
                + " restarts it, and runs CREATE EXTENSION pg_stat_statements in this database.";
    }

    private static String managed(PostgresInstance instance, Statistics.Missing missing) {
        var key = InstanceKey.of(instance);
        var preloaded = instance.wish().postgresql().parameters().getOrDefault(PRELOADED, "");
        var loaded = Arrays.asList(preloaded.split("[, ]+", -1)).contains(NAME);
        var load =
                "Load it with the parameters {\"%s\": \"%s\"} (one restart); update_postgres_instance sets them in %s."
                        .formatted(PRELOADED, preloaded.isBlank() ? NAME : preloaded + "," + NAME, key);
        var create =
                ("Create it: a person adds it to the database in spec.databases, which agents cannot change: kubectl edit pgi"
                                + " %s -n %s, spec.databases: [{name: %s, extensions: [{name: %s}]}].")
                        .formatted(
                                key.name(),
                                key.namespace(),
                                instance.wish().initdb().database(),
                                NAME);
        return String.join(
                " ",
                Stream.concat(
                                loaded ? Stream.<String>of() : Stream.of(load),
                                missing.cause() == Statistics.Cause.NOT_INSTALLED
                                        ? Stream.of(create)
                                        : Stream.<String>of())
                        .toList());
    }
}
