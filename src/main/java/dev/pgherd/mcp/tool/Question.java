package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a client is asked.
 *
 * @param key names the question among those of one call
 * @param method of the protocol, such as {@code elicitation/create}
 */
public record Question(String key, String method, ObjectNode params) {}
