package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.JsonNode;

/** What a client says that it can be asked; of all that it says, nothing else is kept. */
public record ClientCapabilities(boolean elicits, boolean samples, boolean listsRoots) {

    /** Of one that can be asked nothing. */
    static final ClientCapabilities NONE = new ClientCapabilities(false, false, false);

    /** A client that names no mode of elicitation has forms. */
    public static ClientCapabilities of(JsonNode declared) {
        var elicitation = declared.path("elicitation");
        return new ClientCapabilities(
                elicitation.isObject() && (elicitation.has("form") || !elicitation.has("url")),
                declared.path("sampling").isObject(),
                declared.path("roots").isObject());
    }

    /** Whether it can be sent a request of this method. */
    public boolean allow(String method) {
        return switch (method) {
            case "elicitation/create" -> elicits;
            case "sampling/createMessage" -> samples;
            case "roots/list" -> listsRoots;
            default -> false;
        };
    }
}
