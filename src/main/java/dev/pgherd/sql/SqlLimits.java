package dev.pgherd.sql;

import dev.pgherd.sql.guard.Policy;
import java.time.Duration;

/**
 * How long one statement may run, how much of its result is returned, and what it may touch.
 *
 * @param maxResultBytes bound of the encoded rows, in UTF-8 bytes of their JSON
 * @param maxCellBytes a longer value is cut and marked
 */
public record SqlLimits(Duration statementTimeout, int maxRows, int maxResultBytes, int maxCellBytes, Policy policy) {

    private static final SqlLimits DEFAULTS = new SqlLimits(Duration.ofSeconds(10), 1_000, 1 << 20, 1 << 16);

    public SqlLimits {
        if (statementTimeout.toMillis() < 1 || statementTimeout.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException(
                    "statementTimeout must be between 1 ms and 24 h, not " + statementTimeout);
        }
        requirePositive("maxRows", maxRows);
        requirePositive("maxResultBytes", maxResultBytes);
        requirePositive("maxCellBytes", maxCellBytes);
    }

    /** Where nothing is forbidden. */
    public SqlLimits(Duration statementTimeout, int maxRows, int maxResultBytes, int maxCellBytes) {
        this(statementTimeout, maxRows, maxResultBytes, maxCellBytes, Policy.OPEN);
    }

    public static SqlLimits defaults() {
        return DEFAULTS;
    }

    public SqlLimits withStatementTimeout(Duration timeout) {
        return new SqlLimits(timeout, maxRows, maxResultBytes, maxCellBytes, policy);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, not " + value);
        }
    }
}
