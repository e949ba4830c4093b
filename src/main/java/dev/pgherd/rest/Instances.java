package dev.pgherd.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.tool.ToolResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be done with instances. */
record Instances(ToolRequests tools) {

    /** Waits for nothing unless asked to. */
    RestAnswer create(RestRequest request) {
        var arguments = withWait(request);
        arguments.putAll(request.body());
        if (arguments.containsKey("database_name")) {
            arguments.put("database", arguments.remove("database_name"));
        }
        var instance = shown(tools.call("create_postgres_instance", request, arguments));
        var place = "%s/instances/%s/%s"
                .formatted(
                        RestApi.BASE,
                        instance.path("namespace").asText(),
                        instance.path("name").asText());
        return new RestAnswer(201, instance, Map.of("Location", place));
    }

    RestAnswer list(RestRequest request) {
        var arguments = new LinkedHashMap<String, @Nullable Object>(request.query());
        request.number("limit").ifPresent(limit -> arguments.put("limit", limit));
        if (arguments.containsKey("continue")) {
            arguments.put("cursor", arguments.remove("continue"));
        }
        var result = tools.call("list_postgres_instances", request, arguments);
        var answer = JsonNodeFactory.instance.objectNode();
        var items = answer.putArray("items");
        var shown = result.structured().path("instances");
        for (var index = 0; index < shown.size(); index++) {
            items.add(InstanceView.of(
                    (ObjectNode) shown.get(index), result.instances().get(index)));
        }
        answer.set("total", result.structured().path("total"));
        if (result.structured().has("next_cursor")) {
            answer.set("continue", result.structured().get("next_cursor"));
        }
        return RestAnswer.of(200, answer);
    }

    RestAnswer get(RestRequest request) {
        return RestAnswer.of(
                200, shown(tools.call("get_postgres_instance", request, Map.of("instance", request.instance()))));
    }

    RestAnswer update(RestRequest request) {
        requireNoNullEnd(request);
        var arguments = withWait(request);
        arguments.putAll(request.body());
        arguments.put("instance", request.instance());
        var told = tools.call("update_postgres_instance", request, arguments).structured();
        var view = shown(tools.call("get_postgres_instance", request, Map.of("instance", request.instance())));
        List.of("changed", "effects").forEach(field -> view.set(field, told.path(field)));
        return RestAnswer.of(200, view);
    }

    /** Whoever means that it is to live on must not be told that this is so, and lose it. */
    private static void requireNoNullEnd(RestRequest request) {
        for (var field : List.of("ttl", "expiration_time", "idle_timeout")) {
            if (request.body().containsKey(field) && request.body().get(field) == null) {
                throw new RefusedException(400, "Field '%s' is null; the text never takes it away.".formatted(field));
            }
        }
    }

    /** The name once more is a parameter, so that no slip of a path deletes anything. */
    RestAnswer drop(RestRequest request) {
        var arguments = withWait(request);
        request.parameter("confirm").ifPresent(name -> arguments.put("confirm", name));
        request.parameter("approval").ifPresent(token -> arguments.put("approval", token));
        arguments.put("instance", request.instance());
        var answer = tools.call("drop_postgres_instance", request, arguments).structured();
        return RestAnswer.of(answer.path("deleted").asBoolean() ? 200 : 202, answer);
    }

    private static Map<String, @Nullable Object> withWait(RestRequest request) {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        arguments.put("wait_seconds", request.number("wait").orElse(0));
        return arguments;
    }

    private static ObjectNode shown(ToolResult.Success result) {
        return InstanceView.of(result.structured(), result.instances().get(0));
    }
}
