package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.ApprovableAction;
import dev.pgherd.api.v1alpha1.ExpirationPolicy;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Changes what an instance is to be, as far as a call names it, and says what that means. */
final class UpdateInstanceTool implements PgTool {

    private static final int DEFAULT_WAIT_SECONDS = 60;

    private final McpSchema.Tool definition = ToolDefinition.of("update_postgres_instance");
    private final Instances instances;
    private final ApprovalGate approval;
    private final ParameterContexts contexts;
    private final Duration maxWait;
    private final Clock clock;

    UpdateInstanceTool(
            Instances instances, ApprovalGate approval, Statements statements, Duration maxWait, Clock clock) {
        this.instances = instances;
        this.approval = approval;
        this.contexts = new ParameterContexts(statements);
        this.maxWait = maxWait;
        this.clock = clock;
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
        var arguments = call.arguments();
        var key = instances.key(arguments.required("instance"));
        var most = (int) maxWait.toSeconds();
        var wait = arguments.integer("wait_seconds", Math.min(DEFAULT_WAIT_SECONDS, most), 0, most);
        if (Registered.is(key)) {
            throw new ToolFailedException(
                    FailureKind.CONFLICT,
                    "%s is registered by PgHerd's environment and is not a resource: nothing of it can be changed here."
                            .formatted(key));
        }
        var seen = instances.require(key);
        var change = SpecChange.of(seen.wish(), arguments);
        var origin = OriginChange.of(seen, arguments);
        if (change.changes().isEmpty() && origin.changes().isEmpty()) {
            return answer(new InstanceState(seen), List.of(), List.of(), true, "Nothing to change: it is so already. ");
        }
        LifeEnd.refusePast(seen, change, clock.instant());
        var restarts = contexts.of(key, change.parameters());
        var changed = new SpecPatch(instances).write(approved(seen, change, call), change.spec(), origin.annotations());
        call.progress().report("Changed " + key);
        if (change.changes().isEmpty()) {
            return answer(new InstanceState(changed), origin.changes(), List.of(), true, "Changed. ");
        }
        var watch = new UpdateWatch(changed, call.progress(), System::nanoTime);
        if (wait > 0) {
            InstanceWait.until(instances.resource(key), watch, Duration.ofSeconds(wait), call.cancellation());
        }
        var changes = Stream.concat(origin.changes().stream(), change.changes().stream())
                .toList();
        return result(changed, watch, changes, new ChangeEffects(change, changed, restarts).told());
    }

    /** Setting an end that deletes it is deleting it; parameters decide about what all who are there do. */
    private PostgresInstance approved(PostgresInstance seen, SpecChange change, ToolCall call) {
        var ends = change.end().isPresent() && seen.wish().lifecycle().onExpiration() == ExpirationPolicy.Delete;
        var kinds = EnumSet.noneOf(ApprovableAction.class);
        if (ends) {
            kinds.add(ApprovableAction.Delete);
        }
        if (!change.parameters().isEmpty()) {
            kinds.addAll(EnumSet.allOf(ApprovableAction.class));
        }
        return approval.require(
                seen,
                kinds,
                definition.name(),
                () -> ProposedChange.of("Change %s%s: %s."
                        .formatted(
                                InstanceKey.of(seen),
                                ends ? ", so that it is deleted at the end of its life" : "",
                                change.changes())),
                call);
    }

    private ToolResult result(
            PostgresInstance changed, UpdateWatch watch, List<FieldChange> changes, List<String> effects) {
        var key = InstanceKey.of(changed);
        var stalled = watch.stalled();
        if (stalled.isPresent()) {
            return new ToolResult.Failure(
                    "%s was changed, but that cannot be applied: %s. Remedy the cause, or change it back (%s)."
                            .formatted(key, stalled.get(), changes.toString()));
        }
        var latest = watch.latest()
                .map(InstanceState::new)
                .orElseThrow(() -> new ToolFailedException(
                        FailureKind.CONFLICT,
                        "%s was changed, but is not there any more: %s."
                                .formatted(key, LifeEnd.ofGone(changed, clock.instant()))));
        var applied = watch.applied();
        return answer(
                latest,
                changes,
                effects,
                applied,
                applied
                        ? "Changed and applied. "
                        : "Changed; not applied yet, ask get_postgres_instance again later. ");
    }

    private static ToolResult answer(
            InstanceState state, List<FieldChange> changes, List<String> effects, boolean applied, String outcome) {
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("changed");
        changes.forEach(change -> list.add(change.json()));
        effects.forEach(json.putArray("effects")::add);
        json.put("applied", applied);
        json.setAll(state.withConditions());
        var lines = new ArrayList<String>();
        lines.add(outcome + state.summary());
        changes.forEach(change -> lines.add(change.toString()));
        lines.addAll(effects);
        return new ToolResult.Success(json, String.join("\n", lines));
    }
}
