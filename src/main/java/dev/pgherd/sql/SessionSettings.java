package dev.pgherd.sql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The timeouts that hold for one transaction, enforced by the server. */
record SessionSettings(List<Timeout> timeouts) {

    static final String STATEMENT = "statement_timeout";
    static final String LOCK = "lock_timeout";
    static final String IDLE = "idle_in_transaction_session_timeout";
    static final String TRANSACTION = "transaction_timeout";

    private static final int TRANSACTION_TIMEOUT_SINCE = 17;
    private static final Duration MAX_LOCK_WAIT = Duration.ofSeconds(5);
    private static final Duration SLACK = Duration.ofSeconds(5);

    SessionSettings {
        timeouts = List.copyOf(timeouts);
    }

    /** All that the server knows; 0 for a version that nobody knows yet. */
    static SessionSettings of(Duration statementTimeout, int serverMajorVersion) {
        var statement = statementTimeout.toMillis();
        var transaction = statement + SLACK.toMillis();
        var timeouts = new ArrayList<Timeout>();
        timeouts.add(new Timeout(STATEMENT, statement));
        timeouts.add(new Timeout(LOCK, Math.max(1, Math.min(statement / 2, MAX_LOCK_WAIT.toMillis()))));
        timeouts.add(new Timeout(IDLE, transaction));
        if (serverMajorVersion >= TRANSACTION_TIMEOUT_SINCE) {
            timeouts.add(new Timeout(TRANSACTION, transaction));
        }
        return new SessionSettings(timeouts);
    }

    /** How long to wait for an answer before the server, or the way to it, counts as gone. */
    static int networkTimeoutMillis(SqlLimits limits) {
        return (int) limits.statementTimeout().plus(SLACK.multipliedBy(2)).toMillis();
    }

    /** What has to be set still where these hold already. */
    SessionSettings without(Set<Timeout> standing) {
        return new SessionSettings(
                timeouts.stream().filter(timeout -> !standing.contains(timeout)).toList());
    }

    /** Statements, each closed by a semicolon, so that the caller's can follow in the same message. */
    String text() {
        return timeouts.stream()
                .map(timeout -> "SET LOCAL " + timeout.name() + "=" + timeout.millis() + ";")
                .collect(Collectors.joining());
    }

    /** One setting of the server. */
    record Timeout(String name, long millis) {}
}
