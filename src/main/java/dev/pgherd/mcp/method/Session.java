package dev.pgherd.mcp.method;

/** What a client may set in its session, in revisions that have sessions. */
public interface Session {

    /** From which level on it hears of what happens. */
    void logFrom(LogLevel level);

    /** It wants to hear when this resource changes. */
    void follow(String uri);

    /** It does not any more. */
    void leave(String uri);
}
