package dev.pgherd.mcp;

import dev.pgherd.mcp.rpc.RunningCall;
import dev.pgherd.sql.Cancellation;
import io.modelcontextprotocol.common.McpTransportContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;

/** Takes a call's cancellation along through the SDK's transport to where the tool is called. */
final class CallContext {

    private static final String KEY = CallContext.class.getName();

    private CallContext() {}

    static void attach(RunningCall call, HttpServletRequest request) {
        request.setAttribute(KEY, call.cancellation());
    }

    static McpTransportContext extract(HttpServletRequest request) {
        return request.getAttribute(KEY) instanceof Cancellation cancellation
                ? McpTransportContext.create(Map.of(KEY, cancellation))
                : McpTransportContext.EMPTY;
    }

    static Cancellation cancellation(McpTransportContext context) {
        return context.get(KEY) instanceof Cancellation cancellation ? cancellation : new Cancellation();
    }
}
