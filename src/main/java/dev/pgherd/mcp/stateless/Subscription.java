package dev.pgherd.mcp.stateless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.method.News;
import dev.pgherd.mcp.rpc.Messages;

/** What is said to a client that wants to hear of changes; every word says which request it is for. */
record Subscription(JsonNode id, Wishes wishes, Results results) {

    static final String METHOD = "subscriptions/listen";

    /** Comes first: what of its wishes is granted. */
    ObjectNode acknowledgment() {
        return marked("notifications/subscriptions/acknowledged", wishes.params());
    }

    ObjectNode message(News news) {
        return marked(news.method(), news.params());
    }

    /** The answer, with which it ends. */
    ObjectNode end() {
        var result = results.complete();
        result.withObject("/_meta").set(Revision.SUBSCRIPTION_ID, id);
        return Messages.answer(id, result);
    }

    private ObjectNode marked(String method, ObjectNode params) {
        params.putObject("_meta").set(Revision.SUBSCRIPTION_ID, id);
        return Messages.notification(method, params);
    }
}
