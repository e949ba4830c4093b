package dev.pgherd.mcp.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.limit.Turn;
import dev.pgherd.mcp.tool.Client;
import dev.pgherd.mcp.tool.ClientCapabilities;
import dev.pgherd.mcp.tool.Question;
import java.util.List;
import java.util.function.Supplier;

/** Leaves the turn of a call to others while its client is asked: a person may take minutes. */
record PausingClient(Client client, Turn turn) implements Client {

    @Override
    public ClientCapabilities capabilities() {
        return client.capabilities();
    }

    @Override
    public JsonNode ask(String key, String method, ObjectNode params) {
        return meanwhile(() -> client.ask(key, method, params));
    }

    @Override
    public List<JsonNode> ask(List<Question> questions) {
        return meanwhile(() -> client.ask(questions));
    }

    private <T> T meanwhile(Supplier<T> asking) {
        turn.pause();
        try {
            return asking.get();
        } finally {
            turn.goOn();
        }
    }
}
