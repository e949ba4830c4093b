package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;

/** Shows one instance: what was asked for, how it is, what happened to it. */
final class GetInstanceTool implements PgTool {

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
        var access = new AccessShown(instance.wish().agentAccess(), state.managed());
        json.withObject("/spec").set("agentAccess", access.json());
        var text = new StringBuilder(state.summary()).append('\n').append(access.line());
        new WrongConditions(state.conditions())
                .lines()
                .forEach(line -> text.append('\n').append(line));
        events.forEach(event -> text.append("\n").append(event.line()));
        return new ToolResult.Success(json, List.of(text.toString()), List.of(instance));
    }

    private static void addSpec(ObjectNode json, PostgresInstance instance) {
        var spec = instance.wish();
        var external = spec.external();
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
