package dev.pgherd.mcp.method;

import com.fasterxml.jackson.databind.JsonNode;

/** What a client says that it can be asked. */
public record ClientCapabilities(JsonNode declared) {

    /** A client that names no mode has forms. */
    public boolean elicits() {
        var elicitation = declared.path("elicitation");
        return elicitation.isObject() && (elicitation.has("form") || !elicitation.has("url"));
    }

    public boolean samples() {
        return declared.path("sampling").isObject();
    }

    /** Whether it can be sent a request of this method. */
    public boolean allow(String method) {
        return switch (method) {
            case "elicitation/create" -> elicits();
            case "sampling/createMessage" -> samples();
            case "roots/list" -> declared.path("roots").isObject();
            default -> false;
        };
    }
}
