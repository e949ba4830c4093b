package dev.pgherd.operator.status;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Why one database of a server is not as the spec asks.
 *
 * @param database its name
 * @param message what is wrong and what to do
 * @param stalled whether it will not pass without somebody doing something
 */
public record DatabaseProblem(String database, String message, boolean stalled) {

    static String sentence(List<DatabaseProblem> problems) {
        return problems.stream().map(DatabaseProblem::toString).collect(Collectors.joining("; "));
    }

    @Override
    public String toString() {
        return "database " + database + ": " + message;
    }
}
