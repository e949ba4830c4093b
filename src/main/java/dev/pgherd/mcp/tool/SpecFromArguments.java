package dev.pgherd.mcp.tool;

import dev.pgherd.api.v1alpha1.Bootstrap;
import dev.pgherd.api.v1alpha1.ComputeResources;
import dev.pgherd.api.v1alpha1.DeletionPolicy;
import dev.pgherd.api.v1alpha1.Initdb;
import dev.pgherd.api.v1alpha1.PostgresInstanceSpec;
import dev.pgherd.api.v1alpha1.Postgresql;
import dev.pgherd.api.v1alpha1.Storage;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns a model's arguments into a spec; what only the API server can judge is left to it. */
final class SpecFromArguments {

    private SpecFromArguments() {}

    static PostgresInstanceSpec spec(Arguments arguments) {
        var defaults = PostgresInstanceSpec.defaults();
        return new PostgresInstanceSpec(
                arguments.integer("postgres_version", defaults.postgresVersion(), 1, 99),
                null,
                new Storage(
                        arguments
                                .quantity("storage_size", "1Gi")
                                .map(Quantity::toString)
                                .orElse(Storage.DEFAULT_SIZE),
                        null),
                resources(arguments, defaults.resources()),
                new Postgresql(arguments.texts("parameters")),
                bootstrap(arguments),
                arguments.choice("deletion_policy", DeletionPolicy.class).orElse(DeletionPolicy.Delete));
    }

    private static @Nullable Bootstrap bootstrap(Arguments arguments) {
        return arguments
                .text("database")
                .map(database -> new Bootstrap(new Initdb(database, Initdb.DEFAULT_NAME)))
                .orElse(null);
    }

    private static ComputeResources resources(Arguments arguments, ComputeResources defaults) {
        var requests = new TreeMap<>(defaults.requests());
        var limits = new TreeMap<>(defaults.limits());
        arguments.quantity("cpu_limit", "500m").ifPresent(limit -> limits.put("cpu", limit));
        arguments.quantity("memory_limit", "512Mi").ifPresent(limit -> limits.put("memory", limit));
        requests.replaceAll((name, request) -> least(request, limits.getOrDefault(name, request)));
        return new ComputeResources(requests, limits);
    }

    /** A request above its limit would be refused. */
    private static Quantity least(Quantity request, Quantity limit) {
        return limit.getNumericalAmount().compareTo(request.getNumericalAmount()) < 0 ? limit : request;
    }
}
