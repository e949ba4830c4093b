package dev.pgherd.mcp.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.rpc.RpcMessage;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Messages that came as one, as only the oldest revision has them. */
record Batch(List<RpcMessage> messages) {

    static final String REVISION = "2025-03-26";

    private static final int MOST = 100;

    Batch {
        messages = List.copyOf(messages);
    }

    /** Of an array that is not empty. */
    static Batch of(RpcMessage array) {
        return new Batch(StreamSupport.stream(array.json().spliterator(), false)
                .map(RpcMessage::of)
                .toList());
    }

    /** Why it is not looked at. */
    Optional<RpcError> refusal() {
        return messages.size() > MOST
                ? Optional.of(RpcError.invalid(400, "A batch may have %d messages.".formatted(MOST)))
                : Optional.empty();
    }

    boolean isAwaited() {
        return messages.stream().anyMatch(RpcMessage::isAwaited);
    }

    /** What is wrong with one of its messages. */
    static Optional<JsonNode> fault(RpcMessage message) {
        return message.refusal()
                .or(message::wrongParams)
                .or(() -> message.initializes()
                        ? Optional.of(new RpcError(
                                400,
                                RpcError.INVALID_REQUEST,
                                "A session begins before its first batch; send initialize alone.",
                                message.id()))
                        : Optional.empty())
                .map(RpcError::json);
    }
}
