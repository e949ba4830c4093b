package dev.pgherd.mcp.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.tool.ToolResult;
import java.util.List;

/** The result of a call as the protocol has it. */
final class ToolAnswer {

    /** The name under which a result's metadata tell after how many seconds to come again. */
    private static final String RETRY_AFTER = "pgherd.dev/retryAfterSeconds";

    private ToolAnswer() {}

    static ObjectNode of(ToolResult result) {
        var answer = JsonNodeFactory.instance.objectNode();
        if (result instanceof ToolResult.Success success) {
            texts(answer, success.texts());
            answer.set("structuredContent", success.structured());
            return answer.put("isError", false);
        }
        var failure = (ToolResult.Failure) result;
        texts(answer, List.of(failure.message()));
        // Not in the structured content: clients hold that against the tool's schema, of failures too.
        if (!failure.retryAfter().isZero()) {
            answer.putObject("_meta").put(RETRY_AFTER, failure.retryAfterSeconds());
        }
        return answer.put("isError", true);
    }

    private static void texts(ObjectNode answer, List<String> texts) {
        var content = answer.putArray("content");
        texts.forEach(text -> content.addObject().put("type", "text").put("text", text));
    }
}
