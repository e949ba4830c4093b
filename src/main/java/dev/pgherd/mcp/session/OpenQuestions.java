package dev.pgherd.mcp.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** What a client was asked in its session and has not answered yet. */
final class OpenQuestions {

    private static final int MOST = 4;

    private final Semaphore own = new Semaphore(MOST);
    private final String address;
    private final QuestionPlaces places;
    private final AtomicLong asked = new AtomicLong();
    private final Map<JsonNode, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();

    OpenQuestions(String address, QuestionPlaces places) {
        this.address = address;
        this.places = places;
    }

    /** An id that no other question of the session has. */
    TextNode nextId() {
        return TextNode.valueOf("pgherd-" + asked.incrementAndGet());
    }

    /** To be forgotten in the end; empty where too many are open. */
    Optional<CompletableFuture<JsonNode>> expect(JsonNode id) {
        if (!own.tryAcquire()) {
            return Optional.empty();
        }
        if (!places.take(address)) {
            own.release();
            return Optional.empty();
        }
        var answer = new CompletableFuture<JsonNode>();
        open.put(id, answer);
        return Optional.of(answer);
    }

    void forget(JsonNode id) {
        open.remove(id);
        places.leave(address);
        own.release();
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
