package dev.pgherd.connection;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.config.PoolConfig;
import dev.pgherd.connection.Breaker.Answer;
import dev.pgherd.connection.InstanceUnavailableException.Reason;
import dev.pgherd.route.ConnectProblem;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.PSQLException;

/** Says why an instance could not be used. */
final class Failures {

    private static final Set<String> SESSION_ENDED = Set.of("57P01", "57P02", "57P03", "57P05", "25P03", "25P04");

    /** Wrong role or password, no such database, and no right to connect to it. */
    private static final Set<String> NOT_WELCOME = Set.of("28000", "28P01", "3D000", "42501");

    private Failures() {}

    static InstanceUnavailableException unknown(InstanceKey key) {
        return new InstanceUnavailableException(
                key,
                Reason.UNKNOWN_INSTANCE,
                "There is no instance " + key + " that accepts connections. It does not exist, or its status names no"
                        + " endpoint yet.",
                null);
    }

    static InstanceUnavailableException noCredentials(InstanceKey key) {
        return new InstanceUnavailableException(
                key,
                Reason.NO_CREDENTIALS,
                "The Secret with the login roles for agents of instance " + key + " is missing or incomplete; the"
                        + " operator creates it when the instance becomes available. That of an external server is its"
                        + " registrar's to create, with the keys username and password.",
                null);
    }

    /** Why a caller's turn did not come. */
    static InstanceUnavailableException exhausted(Loan loan, PoolSettings settings) {
        return new InstanceUnavailableException(
                loan.target().key(),
                Reason.POOL_EXHAUSTED,
                "All %d connections for %s to instance %s were busy for %d ms; try again when other calls are done."
                        .formatted(
                                loan.pool().getMaximumPoolSize(),
                                loan.access() == Access.READ ? "reading" : "writing",
                                loan.target().key(),
                                settings.connectionTimeout().toMillis()),
                null);
    }

    /** Why no connection came out of the pool in time. */
    static InstanceUnavailableException notConnected(Loan loan, PoolSettings settings, Optional<SQLException> attempt) {
        var key = loan.target().key();
        var problem = attempt.map(ConnectProblem::of);
        var said = problem.map(ConnectProblem::message).orElse("no answer");
        var state = attempt.map(SQLException::getSQLState).orElse("");
        var cause = attempt.orElse(null);
        if (cause instanceof NoConnectionLeftException) {
            return new InstanceUnavailableException(
                    key,
                    Reason.POOL_EXHAUSTED,
                    "No connection to instance %s within %d ms: %s (%s); try again when other calls are done."
                            .formatted(key, settings.connectionTimeout().toMillis(), said, PoolConfig.TOTAL),
                    cause);
        }
        if (state.startsWith("28")) {
            return new InstanceUnavailableException(
                    key,
                    Reason.AUTHENTICATION_FAILED,
                    "Instance " + key + " does not accept the login role "
                            + loan.target().credentials(loan.access()).username() + ": " + said
                            + ". If its password was changed, put the one that is valid into the instance's Secret.",
                    cause);
        }
        if (problem.filter(ConnectProblem::unverified).isPresent()) {
            return new InstanceUnavailableException(
                    key, Reason.NOT_VERIFIED, "Instance " + key + " was told no password: " + said + ".", cause);
        }
        return new InstanceUnavailableException(
                key,
                Reason.UNREACHABLE,
                "Instance %s could not be reached within %d ms: %s"
                        .formatted(key, settings.connectionTimeout().toMillis(), said),
                cause);
    }

    /** Why waiting on is of no use. */
    static InstanceUnavailableException closed(InstanceKey key) {
        return new InstanceUnavailableException(
                key,
                Reason.UNREACHABLE,
                "There is no connection to instance " + key + " any more: PgHerd is stopping.",
                null);
    }

    /** Why nothing was tried at all. */
    static InstanceUnavailableException leftAlone(InstanceKey key, Outage outage) {
        return new InstanceUnavailableException(
                key,
                Reason.NOT_TRIED,
                "Instance %s did not answer %d times in a row since %s, so it was not asked again; it %s."
                        .formatted(
                                key, outage.times(), outage.since().truncatedTo(ChronoUnit.SECONDS), outage.nextTry()),
                null);
    }

    static InstanceUnavailableException lost(InstanceKey key, Access access, SQLException e) {
        var consequence = access == Access.READ
                ? "; nothing was changed, try again."
                : "; whether the statement took effect is unknown, look before you try again.";
        return new InstanceUnavailableException(
                key,
                Reason.CONNECTION_LOST,
                "The connection to instance " + key + " was lost (" + e.getMessage() + ")" + consequence,
                e);
    }

    /** What a caller that got no connection has learned about the server. */
    static Answer answer(InstanceUnavailableException failure) {
        if (failure.reason() == Reason.POOL_EXHAUSTED) {
            return Answer.UNKNOWN;
        }
        if (failure.reason() == Reason.NOT_VERIFIED) {
            return Answer.YES;
        }
        return failure.getCause() instanceof SQLException e && refusedByServer(e) ? Answer.YES : Answer.NO;
    }

    /** A server that starts, stops or recovers says so, and that is as good as silence. */
    private static boolean refusedByServer(SQLException e) {
        return e instanceof PSQLException answered && answered.getServerErrorMessage() != null && !isLoss(e);
    }

    /** Whether waiting on cannot help: the server has said no, or is another. */
    static boolean isFinal(SQLException e) {
        return NOT_WELCOME.contains(String.valueOf(e.getSQLState()))
                || ConnectProblem.of(e).unverified();
    }

    static boolean isLoss(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || SESSION_ENDED.contains(state);
    }
}
