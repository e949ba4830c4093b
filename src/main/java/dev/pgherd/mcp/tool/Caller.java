package dev.pgherd.mcp.tool;

import java.util.Optional;

/**
 * Who calls, as far as that is known.
 *
 * @param connection who the limits are for
 * @param principal who answers for it over many calls
 */
public record Caller(String connection, String principal) {

    /** For everybody who shows no credentials and has no session. */
    public static final String ANONYMOUS = "anonymous";

    /** Without credentials, a session speaks for itself. */
    public static Caller ofSession(String session, Optional<String> credentials) {
        return new Caller(session, credentials.orElse(session));
    }

    /** Without a session, limits are a connection's. */
    public static Caller ofConnection(String connection, Optional<String> credentials) {
        return new Caller(connection, credentials.orElse(ANONYMOUS));
    }
}
