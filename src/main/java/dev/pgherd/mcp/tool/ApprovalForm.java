package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The form in which a person says yes or no. */
final class ApprovalForm {

    private static final String BOX = "approve";

    private ApprovalForm() {}

    /** The request's parameters. */
    static ObjectNode of(String what) {
        var params = JsonNodeFactory.instance
                .objectNode()
                .put("mode", "form")
                .put("message", "An agent wants to do this, and needs your approval:\n\n" + what);
        var schema = params.putObject("requestedSchema").put("type", "object");
        schema.putObject("properties")
                .putObject(BOX)
                .put("type", "boolean")
                .put("title", "Yes, do exactly this")
                .put("default", false);
        schema.putArray("required").add(BOX);
        return params;
    }

    /** Anything but a form that was sent with the box ticked is a no. */
    static boolean approved(JsonNode answer) {
        var box = answer.path("content").path(BOX);
        return answer.path("action").asText().equals("accept") && box.isBoolean() && box.booleanValue();
    }
}
