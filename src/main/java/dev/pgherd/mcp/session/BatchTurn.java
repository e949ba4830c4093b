package dev.pgherd.mcp.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.rpc.RpcMessage;
import dev.pgherd.mcp.rpc.RunningCall;
import dev.pgherd.mcp.rpc.RunningCalls;
import java.util.Optional;

/**
 * A message of a batch whose turn comes; a request runs from the batch's beginning, so that it can be taken back before.
 *
 * @param fault why it is not looked at
 * @param call there for a request without fault
 */
record BatchTurn(RpcMessage message, Optional<JsonNode> fault, Optional<RunningCall> call) implements AutoCloseable {

    static BatchTurn of(RpcMessage message, OpenSession session, RunningCalls running) {
        var fault = Batch.fault(message);
        if (fault.isPresent() || !message.isRequest()) {
            return new BatchTurn(message, fault, Optional.empty());
        }
        var call = running.begin(session.id(), message.id());
        return call.isPresent()
                ? new BatchTurn(message, Optional.empty(), call)
                : new BatchTurn(
                        message, Optional.of(RpcError.runsAlready(message.id()).json()), call);
    }

    /** Whether nobody wants it any more. */
    boolean givenUp() {
        return call.filter(RunningCall::givenUp).isPresent();
    }

    @Override
    public void close() {
        call.ifPresent(RunningCall::close);
    }
}
