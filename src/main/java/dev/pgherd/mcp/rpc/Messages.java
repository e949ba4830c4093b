package dev.pgherd.mcp.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the server says in JSON-RPC, apart from errors. */
public final class Messages {

    private Messages() {}

    /** The answer to the request of this id. */
    public static ObjectNode answer(JsonNode id, ObjectNode result) {
        var answer = message();
        answer.set("id", id);
        answer.set("result", result);
        return answer;
    }

    /** A question to the client. */
    public static ObjectNode request(JsonNode id, String method, ObjectNode params) {
        var request = notification(method, params);
        request.set("id", id);
        return request;
    }

    public static ObjectNode notification(String method, ObjectNode params) {
        var notification = message().put("method", method);
        notification.set("params", params);
        return notification;
    }

    private static ObjectNode message() {
        return JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
    }
}
