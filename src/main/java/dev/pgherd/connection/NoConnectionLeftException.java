package dev.pgherd.connection;

import java.sql.SQLException;

/** As many connections are open as there may be over all instances, and all of them are busy. */
final class NoConnectionLeftException extends SQLException {

    private static final long serialVersionUID = 1L;

    private static final String TOO_MANY_CONNECTIONS = "53300";

    NoConnectionLeftException(int limit) {
        super("all " + limit + " connections that may be open over all instances are in use", TOO_MANY_CONNECTIONS);
    }
}
