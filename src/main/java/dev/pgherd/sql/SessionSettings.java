package dev.pgherd.sql;

import java.time.Duration;
import java.util.ArrayList;

/**
 * The settings that hold for one transaction, enforced by the server.
 *
 * @param text statements, each closed by a semicolon, so that the caller's can follow in the same message
 * @param count how many they are
 */
record SessionSettings(String text, int count) {

    private static final int TRANSACTION_TIMEOUT_SINCE = 17;
    private static final Duration MAX_LOCK_WAIT = Duration.ofSeconds(5);
    private static final Duration SLACK = Duration.ofSeconds(5);

    static SessionSettings of(SqlLimits limits, int serverMajorVersion) {
        var statement = limits.statementTimeout().toMillis();
        var transaction = statement + SLACK.toMillis();
        var settings = new ArrayList<String>();
        settings.add(set("statement_timeout", statement));
        settings.add(set("lock_timeout", Math.max(1, Math.min(statement / 2, MAX_LOCK_WAIT.toMillis()))));
        settings.add(set("idle_in_transaction_session_timeout", transaction));
        if (serverMajorVersion >= TRANSACTION_TIMEOUT_SINCE) {
            settings.add(set("transaction_timeout", transaction));
        }
        return new SessionSettings(String.join("", settings), settings.size());
    }

    /** How long to wait for an answer before the server, or the way to it, counts as gone. */
    static int networkTimeoutMillis(SqlLimits limits) {
        return (int) limits.statementTimeout().plus(SLACK.multipliedBy(2)).toMillis();
    }

    private static String set(String name, long millis) {
        return "SET LOCAL " + name + "=" + millis + ";";
    }
}
