package dev.pgherd.mcp.method;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgherd.mcp.tool.Caller;
import dev.pgherd.mcp.tool.Client;
import dev.pgherd.mcp.tool.Progress;
import dev.pgherd.sql.Cancellation;
import java.util.Optional;

/**
 * One request to a method.
 *
 * @param params an object, or missing
 * @param caller who asks
 * @param client what the program that asks can be asked itself
 * @param session where there is one
 */
public record Request(
        JsonNode params,
        Caller caller,
        Client client,
        Progress progress,
        Log log,
        Cancellation cancellation,
        Optional<Session> session) {

    /** A text that the method cannot do without. */
    public String required(String name) {
        var value = params.path(name);
        if (!value.isTextual()) {
            throw RpcException.invalidParams("params needs %s, a text.".formatted(name));
        }
        return value.textValue();
    }
}
