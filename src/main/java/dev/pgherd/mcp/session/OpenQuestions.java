package dev.pgherd.mcp.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What a client was asked in its session and has not answered yet. */
final class OpenQuestions {

    private final AtomicLong asked = new AtomicLong();
    private final Map<JsonNode, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();

    /** An id that no other question of the session has. */
    TextNode nextId() {
        return TextNode.valueOf("pgherd-" + asked.incrementAndGet());
    }

    CompletableFuture<JsonNode> expect(JsonNode id) {
        var answer = new CompletableFuture<JsonNode>();
        open.put(id, answer);
        return answer;
    }

    void forget(JsonNode id) {
        open.remove(id);
    }

    /** False for a response to what was not asked, or was answered already. */
    boolean answer(JsonNode id, JsonNode response) {
        var waiting = open.remove(id);
        return waiting != null && waiting.complete(response);
    }

    void giveUp() {
        open.values().forEach(waiting -> waiting.cancel(false));
    }
}
