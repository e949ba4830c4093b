package dev.pgherd.mcp.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.rpc.MessageSink;
import dev.pgherd.mcp.rpc.Messages;
import dev.pgherd.mcp.tool.Client;
import dev.pgherd.mcp.tool.ClientCapabilities;
import dev.pgherd.mcp.tool.FailureKind;
import dev.pgherd.mcp.tool.ToolFailedException;
import dev.pgherd.sql.Cancellation;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the client while its call runs, on the stream on which the call is answered.
 *
 * @param patience how long a person or a model may think
 */
record SessionClient(
        ClientCapabilities capabilities,
        OpenQuestions questions,
        MessageSink reply,
        Cancellation cancellation,
        Duration patience)
        implements Client {

    @Override
    public JsonNode ask(String key, String method, ObjectNode params) {
        if (!capabilities.allow(method)) {
            throw new ToolFailedException(FailureKind.FAILED, "This client cannot be asked for %s.".formatted(method));
        }
        var id = questions.nextId();
        var answer = questions.expect(id).orElseThrow(SessionClient::tooMany);
        cancellation.onRequest(() -> answer.cancel(false));
        try {
            reply.event(Messages.request(id, method, params));
            return result(method, answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            takeBack(id);
            throw new ToolFailedException(
                    FailureKind.UNAVAILABLE,
                    "The client did not answer %s within %d s.".formatted(method, patience.toSeconds()));
        } catch (CancellationException | ExecutionException | IOException e) {
            takeBack(id);
            throw gone(method);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw gone(method);
        } finally {
            cancellation.onRequest(() -> {});
            questions.forget(id);
        }
    }

    private static JsonNode result(String method, JsonNode response) {
        if (response.path("result").isObject()) {
            return response.get("result");
        }
        throw new ToolFailedException(
                FailureKind.FAILED,
                "The client refused %s: %s"
                        .formatted(
                                method, response.path("error").path("message").asText("it gave no result")));
    }

    private void takeBack(JsonNode id) {
        var params = JsonNodeFactory.instance.objectNode().put("reason", "The answer is not needed any more.");
        params.set("requestId", id);
        reply.tell("notifications/cancelled", params);
    }

    private static ToolFailedException tooMany() {
        return new ToolFailedException(
                FailureKind.LIMITED,
                "Too many questions to people and models are open; call again when some are answered.");
    }

    private static ToolFailedException gone(String method) {
        return new ToolFailedException(
                FailureKind.FAILED, "The call was given up before the client answered %s.".formatted(method));
    }
}
