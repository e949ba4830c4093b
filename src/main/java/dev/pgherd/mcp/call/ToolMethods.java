package dev.pgherd.mcp.call;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.method.Feature;
import dev.pgherd.mcp.method.Freshness;
import dev.pgherd.mcp.method.Method;
import dev.pgherd.mcp.method.Pages;
import dev.pgherd.mcp.method.Request;
import dev.pgherd.mcp.method.RpcException;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods by which clients find tools and call them. */
public final class ToolMethods {

    private static final ObjectReader ARGUMENTS =
            new ObjectMapper().readerFor(new TypeReference<Map<String, @Nullable Object>>() {});

    private final ToolSource source;
    private final ToolCalls calls;
    private volatile ToolList known;

    public ToolMethods(ToolSource source, ToolCalls calls) {
        this.source = source;
        this.calls = calls;
        this.known = new ToolList(source.tools());
    }

    public Feature feature() {
        var details = JsonNodeFactory.instance.objectNode();
        if (source.changes()) {
            details.put("listChanged", true);
        }
        Method list = this::list;
        var freshness = source.changes() ? Freshness.OF_WHAT_CHANGES : Freshness.OF_WHAT_STAYS;
        return new Feature("tools", details, Map.of("tools/list", list.fresh(freshness), "tools/call", this::call));
    }

    private ObjectNode list(Request request) {
        return Pages.USUAL.answer(
                request.params(), "tools", tools().all(), ToolList.Listed::name, ToolList.Listed::definition);
    }

    private ObjectNode call(Request request) {
        var name = request.required("name");
        var tool = tools().find(name).orElseThrow(() -> RpcException.invalidParams("Unknown tool: %s".formatted(name)));
        var notes = new CallNotes(name, request.log());
        var result = calls.call(
                tool,
                request.caller(),
                arguments(request.params()),
                request.client(),
                notes.with(request.progress()),
                request.cancellation());
        notes.ended(result);
        return ToolAnswer.of(result);
    }

    private ToolList tools() {
        var now = source.tools();
        var list = known;
        if (!list.isOf(now)) {
            list = new ToolList(now);
            known = list;
        }
        return list;
    }

    private static Map<String, @Nullable Object> arguments(JsonNode params) {
        var arguments = params.path("arguments");
        try {
            return arguments.isObject() ? ARGUMENTS.readValue(arguments) : Map.of();
        } catch (IOException e) {
            throw RpcException.invalidParams("The arguments of tools/call must be an object.");
        }
    }
}
