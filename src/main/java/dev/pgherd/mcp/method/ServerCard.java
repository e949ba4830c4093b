package dev.pgherd.mcp.method;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the server says of itself.
 *
 * @param instructions how a model uses it
 */
public record ServerCard(String name, String version, String instructions) {

    public ObjectNode implementation() {
        return JsonNodeFactory.instance.objectNode().put("name", name).put("version", version);
    }
}
