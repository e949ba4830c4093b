package dev.pgherd.mcp.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.method.Methods;
import dev.pgherd.mcp.method.ServerCard;
import java.util.List;

/**
 * What a client is told at the beginning of a session.
 *
 * @param versions the revisions with sessions, newest first
 */
record Initialization(ServerCard card, List<String> versions, Methods methods) {

    Initialization {
        versions = List.copyOf(versions);
    }

    /** The one that the client asks for, or else the newest. */
    String revision(JsonNode params) {
        var asked = params.path("protocolVersion").asText();
        return versions.contains(asked) ? asked : versions.get(0);
    }

    ObjectNode answer(JsonNode params) {
        var result = JsonNodeFactory.instance.objectNode().put("protocolVersion", revision(params));
        result.set("capabilities", methods.capabilities());
        result.set("serverInfo", card.implementation());
        return result.put("instructions", card.instructions());
    }
}
