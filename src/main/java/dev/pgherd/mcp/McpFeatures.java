package dev.pgherd.mcp;

import dev.pgherd.config.McpConfig;
import dev.pgherd.mcp.call.ToolCalls;
import dev.pgherd.mcp.call.ToolMethods;
import dev.pgherd.mcp.call.ToolSource;
import dev.pgherd.mcp.completion.CompletionMethods;
import dev.pgherd.mcp.instance.InstanceReferences;
import dev.pgherd.mcp.instance.InstanceToolSource;
import dev.pgherd.mcp.instance.KnownInstances;
import dev.pgherd.mcp.method.Announcer;
import dev.pgherd.mcp.method.Feature;
import dev.pgherd.mcp.method.LogMethods;
import dev.pgherd.mcp.prompt.PromptMethods;
import dev.pgherd.mcp.resource.ResourceMethods;
import dev.pgherd.mcp.tool.PgTools;
import java.util.List;
import java.util.stream.Collectors;

/** All parts of the protocol that agents are offered, over the same instances. */
final class McpFeatures {

    private McpFeatures() {}

    /** Has the announcer say what becomes of the instances. */
    static List<Feature> of(
            McpConfig config, PgTools tools, ToolCalls calls, KnownInstances instances, Announcer announcer) {
        var resources = new ResourceMethods(instances, tools.enabled(), calls);
        resources.announceTo(announcer);
        var prompts = new PromptMethods(
                tools.enabled().stream().map(tool -> tool.definition().name()).collect(Collectors.toSet()));
        var references = new InstanceReferences(instances, config.defaultNamespace());
        return List.of(
                new ToolMethods(source(tools, instances, announcer), calls).feature(),
                resources.feature(),
                prompts.feature(),
                new CompletionMethods(references, tools.glance(), prompts, calls).feature(),
                LogMethods.feature());
    }

    private static ToolSource source(PgTools tools, KnownInstances instances, Announcer announcer) {
        if (!tools.ofInstances().offered()) {
            return ToolSource.of(tools.enabled());
        }
        var source = new InstanceToolSource(tools.enabled(), tools.ofInstances(), instances);
        source.announceTo(announcer);
        return source;
    }
}
