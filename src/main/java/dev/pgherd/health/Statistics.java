package dev.pgherd.health;

import java.util.List;
import java.util.Map;

/** What pg_stat_statements says. */
public sealed interface Statistics {

    /**
     * The statements that cost most.
     *
     * @param foreign how many were left out because their texts are for other roles, and their share of the time of all, by role
     * @param kept how many were left out because they name what is kept from agents
     * @param since when counting began; empty where that is not known
     */
    record Known(List<TopStatement> statements, Map<String, Foreign> foreign, long kept, String since)
            implements Statistics {

        public Known {
            statements = List.copyOf(statements);
            foreign = Map.copyOf(foreign);
        }
    }

    /** Statements of another role, and their share of the time of all. */
    record Foreign(int statements, double share) {

        static Foreign of(List<Row> rows) {
            return new Foreign(
                    rows.size(),
                    rows.stream().mapToDouble(row -> row.number("share")).sum());
        }
    }

    /** It says nothing. */
    record Missing(Cause cause, String message) implements Statistics {}

    /** Why it says nothing. */
    enum Cause {
        NOT_INSTALLED,
        NOT_LOADED,
        TOO_OLD,
        UNREADABLE
    }
}
