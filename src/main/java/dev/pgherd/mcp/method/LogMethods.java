package dev.pgherd.mcp.method;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Clients choose of what they hear while their calls run. */
public final class LogMethods {

    private LogMethods() {}

    public static Feature feature() {
        return new Feature("logging", Map.of("logging/setLevel", LogMethods::setLevel));
    }

    private static ObjectNode setLevel(Request request) {
        var level = LogLevel.of(request.params().path("level"))
                .orElseThrow(() -> RpcException.invalidParams("level must be one of %s.".formatted(LogLevel.choice())));
        request.session().ifPresent(session -> session.logFrom(level));
        return JsonNodeFactory.instance.objectNode();
    }
}
