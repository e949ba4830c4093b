package dev.pgherd.mcp;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * What callers have left behind in the server.
 *
 * @param connections that are open
 * @param busyThreads that answer somebody
 * @param ownThreads that PgHerd began itself
 */
record Leftovers(int connections, long busyThreads, long ownThreads) {

    static Leftovers in(McpFixture mcp) {
        var connections =
                requireNonNull(mcp.registry().find("http.server.connections").gauge());
        var stacks = Thread.getAllStackTraces();
        return new Leftovers(
                (int) connections.value(),
                stacks.values().stream().filter(Leftovers::answers).count(),
                stacks.keySet().stream()
                        .filter(thread -> thread.getName().startsWith("pgherd"))
                        .count());
    }

    private static boolean answers(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .anyMatch(frame -> frame.getClassName().startsWith("jakarta.servlet.http.HttpServlet")
                        || frame.getClassName().startsWith("dev.pgherd.http"));
    }
}
