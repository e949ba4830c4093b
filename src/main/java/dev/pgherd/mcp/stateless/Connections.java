package dev.pgherd.mcp.stateless;

import dev.pgherd.mcp.rpc.Credentials;
import dev.pgherd.mcp.tool.Caller;
import jakarta.servlet.http.HttpServletRequest;

/** Without sessions, nobody says who they are beyond their credentials: limits are a connection's. */
final class Connections {

    private Connections() {}

    static Caller caller(HttpServletRequest request, Credentials credentials) {
        return Caller.ofConnection(request.getRemoteAddr() + " " + request.getRemotePort(), credentials.digest());
    }
}
