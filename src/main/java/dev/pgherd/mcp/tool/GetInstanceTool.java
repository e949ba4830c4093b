package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.stream.Stream;

/** Shows one instance: what was asked for, how it is, what happened to it. */
final class GetInstanceTool implements PgTool {

    private static final String ROLES = "login roles inside the database";
    private static final String GUARD = "weaker than elsewhere: a read-only transaction for query, a look at each"
            + " statement, and whatever the one user of this server may not do";

    private final McpSchema.Tool definition = ToolDefinition.of("get_postgres_instance");
    private final Instances instances;

    GetInstanceTool(Instances instances) {
        this.instances = instances;
    }

    @Override
    public McpSchema.Tool definition() {
        return definition;
    }

    @Override
    public ToolResult call(ToolCall call) {
        var instance = instances.require(instances.key(call.arguments().required("instance")));
        var state = instances.state(instance);
        var json = state.withConditions();
        if (!Registered.told(instance)) {
            json.put("created", instance.getMetadata().getCreationTimestamp());
        }
        addSpec(json.putObject("spec"), instance);
        var events = Registered.told(instance)
                ? List.<InstanceEvents.Recorded>of()
                : new InstanceEvents(instances.client()).recent(state.key());
        var list = json.putArray("events");
        events.forEach(event -> list.add(event.json()));
        var text = new StringBuilder(state.summary());
        events.forEach(event -> text.append("\n").append(event.line()));
        return new ToolResult.Success(json, List.of(text.toString()), List.of(instance));
    }

    private static void addAccess(ObjectNode json, PostgresInstance instance) {
        var access = instance.wish().agentAccess();
        json.put("mode", access.mode().name());
        json.put("definitions", access.mayDefine());
        json.put("explain", access.allowExplain());
        access.schemas().forEach(json.putArray("schemas")::add);
        var blocked = json.putArray("blocked");
        Stream.of(
                        access.blocked().tables(),
                        access.blocked().columns(),
                        access.blocked().functions())
                .flatMap(List::stream)
                .forEach(blocked::add);
        if (!access.requireApproval().isEmpty()) {
            var approval = json.putArray("approval_for");
            access.requireApproval().forEach(action -> approval.add(action.name()));
        }
        json.put("boundary", instance.wish().external() == null ? ROLES : GUARD);
    }

    private static void addSpec(ObjectNode json, PostgresInstance instance) {
        var spec = instance.wish();
        var external = spec.external();
        addAccess(json.putObject("agents"), instance);
        if (external != null) {
            json.put("database", external.database());
            return;
        }
        json.put("postgres_version", spec.postgresVersion());
        json.put("image", spec.image());
        json.put("database", spec.initdb().database());
        json.put("storage_size", spec.storage().size());
        json.put("deletion_policy", spec.deletionPolicy().name());
        json.put("deletion_protection", spec.deletionProtection());
        json.set("lifecycle", new KubernetesSerialization().convertValue(spec.lifecycle(), JsonNode.class));
        var limits = json.putObject("limits");
        spec.resources().limits().forEach((name, quantity) -> limits.put(name, quantity.toString()));
        var parameters = json.putObject("parameters");
        spec.postgresql().parameters().forEach(parameters::put);
    }
}
