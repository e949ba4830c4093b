package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.ApprovableAction;
import dev.pgherd.api.v1alpha1.DeletionPolicy;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Deletes an instance whose name the caller repeats. */
final class DropInstanceTool implements PgTool {

    private static final int DEFAULT_WAIT_SECONDS = 60;
    private static final int ATTEMPTS = 10;

    private final McpSchema.Tool definition = ToolDefinition.of("drop_postgres_instance");
    private final Instances instances;
    private final ApprovalGate approval;
    private final Duration maxWait;

    DropInstanceTool(Instances instances, ApprovalGate approval, Duration maxWait) {
        this.instances = instances;
        this.approval = approval;
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
                    FailureKind.CONFLICT,
                    "%s is registered by PgHerd's environment and is not a resource: whoever runs PgHerd takes its variables PGHERD_INSTANCE_... out and starts PgHerd again."
                            .formatted(key));
        }
        var found = instances.require(key);
        if (!call.arguments().required("confirm").equals(key.name())) {
            throw ToolFailedException.argument(
                    "confirm", "'%s', the name of the instance to drop; nothing was deleted".formatted(key.name()));
        }
        refuseProtected(found);
        var instance = approved(found, call);
        var kept = instance.wish().deletionPolicy() == DeletionPolicy.Retain;
        delete(instance);
        call.progress().report("Deletion of " + key + " was requested");
        Predicate<Optional<PostgresInstance>> gone =
                now -> now.filter(present -> same(instance, present)).isEmpty();
        var deleted = gone.test(instances.find(key))
                || (wait > 0
                        && InstanceWait.until(
                                instances.resource(key), gone, Duration.ofSeconds(wait), call.cancellation()));
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("namespace", key.namespace())
                .put("name", key.name())
                .put("deleted", deleted)
                .put("volume", kept || instance.wish().external() != null ? "kept" : "deleted");
        return new ToolResult.Success(
                json,
                instance.wish().external() == null
                        ? text(key.toString(), deleted, kept)
                        : "%s was only registered, and is not any more; its server and data are untouched."
                                .formatted(key));
    }

    private PostgresInstance approved(PostgresInstance found, ToolCall call) {
        var kept = found.wish().deletionPolicy() == DeletionPolicy.Retain;
        var data = found.wish().external() != null
                ? "only forgets its server; the data there stays"
                : kept ? "keeps its volume and data" : "deletes its volume and all data with it";
        return approval.require(
                found,
                Set.of(ApprovableAction.Delete),
                definition.name(),
                () -> ProposedChange.of("Delete the instance %s, which %s.".formatted(InstanceKey.of(found), data)),
                call);
    }

    /** The very instance that was looked at, in a state that was looked at: one made anew under its name is not meant. */
    private void delete(PostgresInstance seen) {
        var key = InstanceKey.of(seen);
        var present = Optional.of(seen);
        for (var attempt = 0;
                attempt < ATTEMPTS && present.filter(other -> same(seen, other)).isPresent();
                attempt++) {
            var latest = present.get();
            refuseProtected(latest);
            refuseUnapproved(seen, latest);
            try {
                instances
                        .resource(key)
                        .lockResourceVersion(latest.getMetadata().getResourceVersion())
                        .delete();
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                    throw e;
                }
                present = instances.find(key);
            }
        }
        if (present.isPresent()) {
            throw new ToolFailedException(
                    FailureKind.CONFLICT,
                    "%s is another one by now, or changes all the time; it was not deleted. Look at it again with get_postgres_instance."
                            .formatted(key));
        }
    }

    private static boolean same(PostgresInstance one, PostgresInstance other) {
        return one.getMetadata().getUid().equals(other.getMetadata().getUid());
    }

    /** The API refuses it as well, where the policy for that is installed; here it is said in time and plainly. */
    private static void refuseProtected(PostgresInstance instance) {
        if (instance.wish().deletionProtection()) {
            throw new ToolFailedException(
                    FailureKind.CONFLICT,
                    "%s is protected against deletion; nothing was deleted. Only where a person wants that: set spec.deletionProtection to false first."
                            .formatted(InstanceKey.of(instance)));
        }
    }

    /** What a person has approved is the deletion of what was seen; so is what nobody had to approve. */
    private static void refuseUnapproved(PostgresInstance seen, PostgresInstance latest) {
        if (latest.wish().agentAccess().requireApproval().contains(ApprovableAction.Delete)
                && !Objects.equals(
                        seen.getMetadata().getGeneration(), latest.getMetadata().getGeneration())) {
            throw new ToolFailedException(
                    FailureKind.CONFLICT,
                    "%s changed meanwhile, and its deletion needs a person's approval; it was not deleted. Look at it, and call again."
                            .formatted(InstanceKey.of(latest)));
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
