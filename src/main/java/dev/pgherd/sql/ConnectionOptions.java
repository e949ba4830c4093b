package dev.pgherd.sql;

import java.time.Duration;
import java.util.stream.Collectors;

/** How to open a connection so that the usual timeouts hold in it and need not be set for each statement. */
public final class ConnectionOptions {

    private ConnectionOptions() {}

    /**
     * Options for the server's command line. A server refuses what it does not know.
     *
     * @param serverMajorVersion 0 while nobody knows it
     */
    public static String of(Duration statementTimeout, int serverMajorVersion) {
        return SessionSettings.of(statementTimeout, serverMajorVersion).timeouts().stream()
                .map(timeout -> "-c " + timeout.name() + "=" + timeout.millis())
                .collect(Collectors.joining(" "));
    }
}
