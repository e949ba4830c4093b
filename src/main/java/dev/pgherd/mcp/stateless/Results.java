package dev.pgherd.mcp.stateless;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.method.ServerCard;

/**
 * Results as this revision wants them: of a type, and signed by the server.
 *
 * @param signature the same in all of them, not to be changed
 */
record Results(ObjectNode signature) {

    static Results of(ServerCard card) {
        return new Results(card.implementation());
    }

    ObjectNode complete() {
        return complete(JsonNodeFactory.instance.objectNode());
    }

    ObjectNode complete(ObjectNode result) {
        return signed(result.put("resultType", "complete"));
    }

    ObjectNode signed(ObjectNode result) {
        var meta = result.get("_meta") instanceof ObjectNode known ? known : result.putObject("_meta");
        meta.set(Revision.SERVER_INFO, signature);
        return result;
    }
}
