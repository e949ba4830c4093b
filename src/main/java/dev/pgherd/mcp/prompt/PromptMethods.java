package dev.pgherd.mcp.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.method.Feature;
import dev.pgherd.mcp.method.Freshness;
import dev.pgherd.mcp.method.Method;
import dev.pgherd.mcp.method.Pages;
import dev.pgherd.mcp.method.Request;
import dev.pgherd.mcp.method.RpcException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The methods by which clients find prompts and fill them in. */
public final class PromptMethods {

    static final List<String> NAMES =
            List.of("explore_database", "diagnose_slow_query", "design_schema", "provision_test_database");

    private final List<Prompt> prompts;

    /** What needs other tools than these is not there. */
    public PromptMethods(Set<String> tools) {
        this.prompts = NAMES.stream()
                .map(Prompt::of)
                .filter(prompt -> tools.containsAll(prompt.tools()))
                .toList();
    }

    public Feature feature() {
        Method list = this::list;
        return new Feature(
                "prompts", Map.of("prompts/list", list.fresh(Freshness.OF_WHAT_STAYS), "prompts/get", this::get));
    }

    private Optional<Prompt> find(String name) {
        return prompts.stream().filter(prompt -> prompt.name().equals(name)).findFirst();
    }

    /** One that is there, or an answer that names those that are. */
    public Prompt required(String name) {
        return find(name)
                .orElseThrow(() -> RpcException.invalidParams("There is no prompt '%s'; there is: %s."
                        .formatted(name, prompts.stream().map(Prompt::name).collect(Collectors.joining(", ")))));
    }

    private ObjectNode list(Request request) {
        return Pages.USUAL.answer(request.params(), "prompts", prompts, Prompt::name, Prompt::json);
    }

    private ObjectNode get(Request request) {
        var prompt = required(request.required("name"));
        return prompt.filled(values(prompt, request.params().path("arguments")));
    }

    private static Map<String, String> values(Prompt prompt, JsonNode arguments) {
        if (!arguments.isObject() && !arguments.isMissingNode() && !arguments.isNull()) {
            throw RpcException.invalidParams("arguments must be an object.");
        }
        var values = new LinkedHashMap<String, String>();
        arguments.fieldNames().forEachRemaining(name -> {
            if (prompt.argument(name).isEmpty()) {
                throw wrong(prompt, "has no argument '%s'".formatted(name));
            }
            if (!arguments.get(name).isTextual()) {
                throw wrong(prompt, "takes a text as '%s'".formatted(name));
            }
            if (!arguments.get(name).textValue().isBlank()) {
                values.put(name, arguments.get(name).textValue().strip());
            }
        });
        prompt.arguments().stream()
                .filter(argument -> argument.required() && !values.containsKey(argument.name()))
                .findFirst()
                .ifPresent(argument -> {
                    throw wrong(prompt, "needs '%s': %s".formatted(argument.name(), argument.description()));
                });
        return values;
    }

    private static RpcException wrong(Prompt prompt, String fault) {
        var arguments = prompt.arguments().stream().map(PromptArgument::name).collect(Collectors.joining(", "));
        return RpcException.invalidParams(
                "The prompt %s %s. Its arguments are: %s.".formatted(prompt.name(), fault, arguments));
    }
}
