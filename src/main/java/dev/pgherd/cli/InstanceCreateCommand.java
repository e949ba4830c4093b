package dev.pgherd.cli;

import dev.pgherd.api.v1alpha1.DeletionPolicy;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pgherd instances create}. */
@Command(name = "create", description = "Creates an instance, and waits until it accepts connections.")
final class InstanceCreateCommand implements Callable<Integer> {

    @Mixin
    private LocalTools tools = new LocalTools();

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Made up when left out.")
    private @Nullable String name;

    @Option(names = "--postgres-version", paramLabel = "MAJOR", description = "14 to 18; default 17.")
    private @Nullable Integer version;

    @Option(names = "--database", description = "The name of its database.")
    private @Nullable String database;

    @Option(names = "--storage", paramLabel = "SIZE", description = "Such as 5Gi; default 1Gi.")
    private @Nullable String storage;

    @Option(names = "--cpu", paramLabel = "CORES", description = "Such as 500m; default 1.")
    private @Nullable String cpu;

    @Option(names = "--memory", paramLabel = "SIZE", description = "Such as 1Gi; default 512Mi.")
    private @Nullable String memory;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A setting of postgresql.conf; more than once.")
    private @Nullable Map<String, String> parameters;

    @Option(names = "--ttl", paramLabel = "SPAN", description = "Dropped when this old, such as 4h.")
    private @Nullable String ttl;

    @Option(names = "--idle-timeout", paramLabel = "SPAN", description = "Hibernated when unused for so long.")
    private @Nullable String idleTimeout;

    @Option(names = "--deletion-policy", description = "Retain keeps the data when it is dropped; default Delete.")
    private @Nullable DeletionPolicy deletionPolicy;

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
    private @Nullable String description;

    @Option(names = "--wait", paramLabel = "SECONDS", description = "0 does not wait; default 120.")
    private @Nullable Integer wait;

    @Override
    public Integer call() {
        return tools.with(calls -> {
            var result = calls.call("create_postgres_instance", arguments());
            tools.show(result.structured(), () -> LocalTools.text(result));
            var waitedInVain = (wait == null || wait > 0)
                    && !result.structured().path("available").asBoolean();
            return waitedInVain ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
        });
    }

    private Map<String, @Nullable Object> arguments() {
        return new Given()
                .and("name", name)
                .and("namespace", tools.cluster().namespace().orElse(null))
                .and("postgres_version", version)
                .and("database", database)
                .and("storage_size", storage)
                .and("cpu_limit", cpu)
                .and("memory_limit", memory)
                .and("parameters", parameters)
                .and("ttl", ttl)
                .and("idle_timeout", idleTimeout)
                .and("deletion_policy", deletionPolicy == null ? null : deletionPolicy.name())
                .and("description", description)
                .and("wait_seconds", wait)
                .arguments();
    }
}
