package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.DeletionPolicy;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.Optional;

/** Deletes an instance whose name the caller repeats. */
final class DropInstanceTool implements PgTool {

    private static final int DEFAULT_WAIT_SECONDS = 60;

    private final McpSchema.Tool definition = ToolDefinition.of("drop_postgres_instance");
    private final Instances instances;
    private final Duration maxWait;

    DropInstanceTool(Instances instances, Duration maxWait) {
        this.instances = instances;
        this.maxWait = maxWait;
    }

    @Override
    public McpSchema.Tool definition() {
        return definition;
    }

    @Override
    public ToolResult call(ToolCall call) {
        var key = instances.key(call.arguments().required("instance"));
        var most = (int) maxWait.toSeconds();
        var wait = call.arguments().integer("wait_seconds", Math.min(DEFAULT_WAIT_SECONDS, most), 0, most);
        if (Registered.is(key)) {
            throw new ToolFailedException(
                    "%s is registered by PgHerd's environment and is not a resource: whoever runs PgHerd takes its variables PGHERD_INSTANCE_... out and starts PgHerd again."
                            .formatted(key));
        }
        var instance = instances.require(key);
        if (!call.arguments().required("confirm").equals(key.name())) {
            throw ToolFailedException.argument(
                    "confirm", "'%s', the name of the instance to drop; nothing was deleted".formatted(key.name()));
        }
        refuseProtected(instance);
        var kept = instance.wish().deletionPolicy() == DeletionPolicy.Retain;
        instances.resource(key).delete();
        call.progress().report("Deletion of " + key + " was requested");
        var gone = wait > 0 && InstanceWait.until(instances.resource(key), Optional::isEmpty, Duration.ofSeconds(wait));
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("namespace", key.namespace())
                .put("name", key.name())
                .put("deleted", gone)
                .put("volume", kept || instance.wish().external() != null ? "kept" : "deleted");
        return new ToolResult.Success(
                json,
                instance.wish().external() == null
                        ? text(key.toString(), gone, kept)
                        : "%s was only registered, and is not any more; its server and data are untouched."
                                .formatted(key));
    }

    /** The API refuses it as well, where the policy for that is installed; here it is said in time and plainly. */
    private static void refuseProtected(PostgresInstance instance) {
        if (instance.wish().deletionProtection()) {
            throw new ToolFailedException(
                    "%s is protected against deletion; nothing was deleted. Only where a person wants that: set spec.deletionProtection to false first."
                            .formatted(InstanceKey.of(instance)));
        }
    }

    private static String text(String instance, boolean gone, boolean kept) {
        return "%s %s. Its volume and data are %s (deletionPolicy %s)."
                .formatted(
                        instance,
                        gone ? "was deleted" : "is being deleted, which is not finished yet",
                        kept ? "kept" : "deleted with it",
                        kept ? DeletionPolicy.Retain : DeletionPolicy.Delete);
    }
}
