package dev.pgherd.mcp.tool;

import dev.pgherd.api.v1alpha1.ComputeResources;
import dev.pgherd.api.v1alpha1.DeletionPolicy;
import dev.pgherd.api.v1alpha1.PostgresInstanceSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Turns a model's arguments into a spec; what only the API server can judge is left to it. */
final class SpecFromArguments {

    private static final Pattern DATABASE = Pattern.compile("[a-z_][a-z0-9_-]{0,62}");

    private SpecFromArguments() {}

    static PostgresInstanceSpec spec(Arguments arguments) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put(
                "postgresVersion", arguments.integer("postgres_version", PostgresInstanceSpec.DEFAULT_VERSION, 14, 18));
        arguments
                .quantity("storage_size", "1Gi")
                .ifPresent(size -> fields.put("storage", Map.of("size", size.toString())));
        fields.put(
                "resources",
                resources(arguments, PostgresInstanceSpec.defaults().resources()));
        var parameters = arguments.texts("parameters");
        parameters.forEach((name, value) -> KeptParameters.requireOpen(name, "", value));
        fields.put("postgresql", Map.of("parameters", parameters));
        arguments
                .text("database")
                .map(SpecFromArguments::database)
                .ifPresent(name -> fields.put("bootstrap", Map.of("initdb", Map.of("database", name))));
        fields.put(
                "deletionPolicy",
                arguments.choice("deletion_policy", DeletionPolicy.class).orElse(DeletionPolicy.Delete));
        var lifecycle = new LinkedHashMap<String, String>();
        LifeEnd.span(arguments, "ttl").ifPresent(ttl -> lifecycle.put("ttl", ttl));
        LifeEnd.span(arguments, "idle_timeout").ifPresent(timeout -> lifecycle.put("idleTimeout", timeout));
        fields.put("lifecycle", lifecycle);
        return new KubernetesSerialization().convertValue(fields, PostgresInstanceSpec.class);
    }

    private static String database(String name) {
        if (!DATABASE.matcher(name).matches()) {
            throw ToolFailedException.argument(
                    "database", "at most 63 of a-z, 0-9, '_' and '-', beginning with a letter or '_', such as orders");
        }
        return name;
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
