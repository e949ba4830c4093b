package dev.pgherd.mcp.stateless;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.method.ServerCard;

/** Results as this revision wants them: of a type, and signed by the server. */
record Results(ServerCard card) {

    ObjectNode complete() {
        return complete(JsonNodeFactory.instance.objectNode());
    }

    ObjectNode complete(ObjectNode result) {
        return signed(result.put("resultType", "complete"));
    }

    ObjectNode signed(ObjectNode result) {
        result.withObject("/_meta").set(Revision.SERVER_INFO, card.implementation());
        return result;
    }
}
