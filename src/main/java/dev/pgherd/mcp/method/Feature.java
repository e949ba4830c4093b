package dev.pgherd.mcp.method;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A part of the protocol that a server may have or not.
 *
 * @param capability the name under which clients are told of it
 * @param details what they are told, such as that its list changes
 * @param methods by name
 * @param follows which resources' changes there is ever news of
 */
public record Feature(String capability, ObjectNode details, Map<String, Method> methods, Predicate<String> follows) {

    public Feature {
        details = details.deepCopy();
        methods = Map.copyOf(methods);
    }

    /** Without resources that change. */
    public Feature(String capability, ObjectNode details, Map<String, Method> methods) {
        this(capability, details, methods, uri -> false);
    }

    /** Of which there is nothing more to tell. */
    public Feature(String capability, Map<String, Method> methods) {
        this(capability, JsonNodeFactory.instance.objectNode(), methods);
    }
}
