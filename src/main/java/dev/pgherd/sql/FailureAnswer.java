package dev.pgherd.sql;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Turns an error of PostgreSQL into an answer in terms of the caller's text. */
final class FailureAnswer {

    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");
    private static final String UNKNOWN_STATE = "XX000";

    private final Translation translation;
    private final SqlLimits limits;

    FailureAnswer(Translation translation, SqlLimits limits) {
        this.translation = translation;
        this.limits = limits;
    }

    SqlOutcome.Failed of(SQLException e) {
        var state = Objects.requireNonNullElse(e.getSQLState(), UNKNOWN_STATE);
        var server = e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        var message = server == null ? String.valueOf(e.getMessage()) : message(server);
        var own = FailureHints.of(state, limits);
        var hint = server == null || server.getHint() == null
                ? own
                : Optional.of(own.map(text -> server.getHint() + " " + text).orElse(server.getHint()));
        var position = server == null ? 0 : translation.original(server.getPosition());
        return new SqlOutcome.Failed(state, parametersAsGiven(state, message), hint.orElse(null), position);
    }

    /** A fetch that the driver refused to hold in memory. */
    static SqlOutcome.Failed tooWide() {
        return new SqlOutcome.Failed(
                "54000",
                "The rows are too large to be read: " + RowReader.FETCH_SIZE
                        + " of them exceed the memory that one result may use. Nothing was returned or changed.",
                "Select fewer columns, cut values with left() or substring(), or add a LIMIT.",
                0);
    }

    static boolean isTooWide(SQLException e) {
        return String.valueOf(e.getMessage()).contains("maxResultBuffer");
    }

    private static String message(ServerErrorMessage server) {
        var message = String.valueOf(server.getMessage());
        var detail = server.getDetail();
        return detail == null ? message : message + " (" + detail + ")";
    }

    /** PostgreSQL counts parameters in the order of their first use. */
    private String parametersAsGiven(String state, @Nullable String message) {
        var text = String.valueOf(message);
        return state.startsWith("42") ? PARAMETER.matcher(text).replaceAll(this::asGiven) : text;
    }

    private String asGiven(MatchResult match) {
        var number = match.group(1);
        var index = number.length() > 5 ? 0 : Integer.parseInt(number);
        var known = index >= 1 && index <= translation.order().size();
        return "\\$" + (known ? translation.order().get(index - 1).toString() : number);
    }
}
