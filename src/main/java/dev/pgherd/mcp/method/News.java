package dev.pgherd.mcp.method;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Something that clients may want to hear of, whoever asks and whenever. */
public sealed interface News {

    /** The notification's method. */
    String method();

    ObjectNode params();

    /** What a list holds is not what it was. */
    record ListChanged(Listing list) implements News {

        @Override
        public String method() {
            return "notifications/%s/list_changed".formatted(list.capability());
        }

        @Override
        public ObjectNode params() {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    /** A resource is not what it was. */
    record ResourceUpdated(String uri) implements News {

        @Override
        public String method() {
            return "notifications/resources/updated";
        }

        @Override
        public ObjectNode params() {
            return JsonNodeFactory.instance.objectNode().put("uri", uri);
        }
    }
}
