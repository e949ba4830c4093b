package dev.pgherd.mcp.stateless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.call.ToolCalls;
import dev.pgherd.mcp.tool.ToolResult;
import java.time.Duration;
import java.util.List;

/** Results as this revision wants them: of a type, signed by the server, and with hints for caches where it asks for them. */
record Results(ServerCard card) {

    /** The answer to a request. */
    static ObjectNode answer(JsonNode id, ObjectNode result) {
        var answer = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        answer.set("id", id);
        answer.set("result", result);
        return answer;
    }

    ObjectNode complete() {
        var result = JsonNodeFactory.instance.objectNode().put("resultType", "complete");
        result.putObject("_meta").set(Revision.SERVER_INFO, card.implementation());
        return result;
    }

    /** The same for every caller, for as long as this process runs. */
    ObjectNode cacheable(Duration fresh) {
        return complete().put("ttlMs", fresh.toMillis()).put("cacheScope", "public");
    }

    ObjectNode of(ToolResult result) {
        var answer = complete();
        if (result instanceof ToolResult.Success success) {
            texts(answer, success.texts());
            answer.set("structuredContent", success.structured());
            return answer.put("isError", false);
        }
        var failure = (ToolResult.Failure) result;
        texts(answer, List.of(failure.message()));
        if (!failure.retryAfter().isZero()) {
            answer.withObject("/_meta").put(ToolCalls.RETRY_AFTER, failure.retryAfterSeconds());
        }
        return answer.put("isError", true);
    }

    private static void texts(ObjectNode answer, List<String> texts) {
        var content = answer.putArray("content");
        texts.forEach(text -> content.addObject().put("type", "text").put("text", text));
    }
}
