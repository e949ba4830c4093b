package dev.pgherd.mcp.completion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.call.ToolCalls;
import dev.pgherd.mcp.instance.InstanceReferences;
import dev.pgherd.mcp.method.Feature;
import dev.pgherd.mcp.method.Request;
import dev.pgherd.mcp.method.RpcException;
import dev.pgherd.mcp.prompt.PromptMethods;
import dev.pgherd.mcp.resource.ResourceKind;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.tool.SchemaGlance;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The method by which clients complete what a person types. */
public final class CompletionMethods {

    private final Names names;
    private final PromptMethods prompts;
    private final ToolCalls calls;

    /** Within the same limits as {@code calls}. */
    public CompletionMethods(
            InstanceReferences references, SchemaGlance glance, PromptMethods prompts, ToolCalls calls) {
        this.names = new Names(references, glance);
        this.prompts = prompts;
        this.calls = calls;
    }

    public Feature feature() {
        return new Feature("completions", Map.of("completion/complete", this::complete));
    }

    private ObjectNode complete(Request request) {
        var argument = request.params().path("argument");
        var name = text(argument, "name", "argument.name");
        var typed = text(argument, "value", "argument.value");
        var candidates = candidates(request.params().path("ref"), name, request);
        return calls.within(
                        request.caller(),
                        () -> Completion.of(typed, candidates.get()).json())
                .orElseThrow(() -> new RpcException(RpcError.INTERNAL, "Too many calls; try again in a moment."));
    }

    /** Looked for only when the caller may. */
    private Supplier<Stream<String>> candidates(JsonNode ref, String argument, Request request) {
        var before = before(request.params().path("context").path("arguments"));
        return switch (ref.path("type").asText()) {
            case "ref/prompt" -> {
                var prompt = prompts.required(text(ref, "name", "ref.name"));
                var kind = prompt.argument(argument)
                        .orElseThrow(() -> noArgument("prompt " + prompt.name(), argument))
                        .completes();
                yield () -> names.inPrompt(kind, before, request.cancellation());
            }
            case "ref/resource" -> {
                var uri = text(ref, "uri", "ref.uri");
                var template = ResourceKind.ofTemplate(uri)
                        .orElseThrow(() -> RpcException.invalidParams(
                                "There is no resource template '%s'; resources/templates/list has them."
                                        .formatted(uri)));
                if (!uri.contains("{" + argument + "}")) {
                    throw noArgument("template " + template.template(), argument);
                }
                yield () -> names.inTemplate(argument, before, request.cancellation());
            }
            default -> throw RpcException.invalidParams("ref.type must be ref/prompt or ref/resource.");
        };
    }

    private static Map<String, String> before(JsonNode arguments) {
        var before = new HashMap<String, String>();
        arguments
                .fieldNames()
                .forEachRemaining(name -> before.put(name, arguments.path(name).asText()));
        return before;
    }

    private static String text(JsonNode object, String field, String path) {
        if (!object.path(field).isTextual()) {
            throw RpcException.invalidParams("completion/complete needs %s, a text.".formatted(path));
        }
        return object.path(field).textValue();
    }

    private static RpcException noArgument(String owner, String argument) {
        return RpcException.invalidParams("The %s has no argument '%s'.".formatted(owner, argument));
    }
}
