package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Creates an instance and waits until it accepts connections. */
final class CreateInstanceTool implements PgTool {

    private static final int DEFAULT_WAIT_SECONDS = 120;
    /** Leaves room for what the operator appends for the objects that it makes. */
    private static final int LONGEST_NAME = 50;

    private final McpSchema.Tool definition = ToolDefinition.of("create_postgres_instance");
    private final Instances instances;
    private final NameGenerator names;
    private final Duration maxWait;

    CreateInstanceTool(Instances instances, NameGenerator names, Duration maxWait) {
        this.instances = instances;
        this.names = names;
        this.maxWait = maxWait;
    }

    @Override
    public McpSchema.Tool definition() {
        return definition;
    }

    @Override
    public Set<String> unlisted() {
        return OriginArguments.NAMES;
    }

    @Override
    public ToolResult call(ToolCall call) {
        var most = (int) maxWait.toSeconds();
        var wait = call.arguments().integer("wait_seconds", Math.min(DEFAULT_WAIT_SECONDS, most), 0, most);
        var wanted = wanted(call.arguments());
        if (instances.registered().contains(wanted.getMetadata().getName())) {
            throw new ToolFailedException(
                    FailureKind.CONFLICT,
                    "PgHerd's environment registers an instance '%s' already. Use it, or choose another name."
                            .formatted(wanted.getMetadata().getName()));
        }
        var created = create(wanted);
        var key = InstanceKey.of(created);
        call.progress().report("Created " + key);
        var watch = new CreationWatch(created, call.progress(), System::nanoTime);
        if (wait > 0) {
            InstanceWait.until(instances.resource(key), watch, Duration.ofSeconds(wait), call.cancellation());
        }
        return watch.latest()
                .map(latest -> result(new InstanceState(latest), watch.failed()))
                .orElseThrow(() -> new ToolFailedException(
                        FailureKind.CONFLICT, "%s was deleted while it was being created.".formatted(key)));
    }

    private PostgresInstance wanted(Arguments arguments) {
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withNamespace(instances.namespace(arguments).orElse(instances.defaultNamespace()))
                .withName(arguments
                        .text("name")
                        .map(name -> DnsLabel.checked("name", name, LONGEST_NAME))
                        .orElseGet(names::next))
                .withAnnotations(OriginArguments.annotations(arguments))
                .build());
        instance.setSpec(SpecFromArguments.spec(arguments));
        return instance;
    }

    private PostgresInstance create(PostgresInstance wanted) {
        try {
            return instances.client().resource(wanted).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                throw new ToolFailedException(
                        FailureKind.CONFLICT,
                        "There is already an instance '%s' in namespace '%s'. Use it, choose another name, or leave the name out."
                                .formatted(
                                        wanted.getMetadata().getName(),
                                        wanted.getMetadata().getNamespace()));
            }
            throw e;
        }
    }

    private static ToolResult result(InstanceState state, boolean failed) {
        if (failed) {
            return new ToolResult.Failure(
                    "%s was created but failed: %s. It will not come up by itself. Correct it with update_postgres_instance, or drop it with drop_postgres_instance."
                            .formatted(state.key(), state.problem().orElse("no reason was reported")));
        }
        var text = state.available()
                ? "Created and available. " + state.summary()
                : "Created, but not available yet; ask get_postgres_instance again later. " + state.summary();
        return new ToolResult.Success(state.withConditions(), List.of(text), List.of(state.instance()));
    }
}
