package dev.pgherd.mcp.prompt;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a person fills in.
 *
 * @param completes what its value names, such as {@code instance}; empty for free text
 */
public record PromptArgument(String name, String description, boolean required, String completes) {

    @SuppressWarnings("ConstantValue") // Jackson passes null for what is not there
    public PromptArgument {
        completes = completes == null ? "" : completes;
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("description", description)
                .put("required", required);
    }
}
