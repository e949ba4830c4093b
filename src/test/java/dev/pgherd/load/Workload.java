package dev.pgherd.load;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * What callers ask for, again and again.
 *
 * @param bytes how many an answer has at least, so that an error is not taken for a fast answer
 */
record Workload(String name, Supplier<String> sql, int bytes) {

    private static final int ROWS = 100;
    private static final int ACCOUNTS = 1_000_000;

    static Workload one() {
        return new Workload("SELECT 1", () -> "SELECT 1", 20);
    }

    /** Other ones each time. */
    static Workload hundredRows() {
        return new Workload("100 rows", Workload::someAccounts, 5_000);
    }

    private static String someAccounts() {
        var first = ThreadLocalRandom.current().nextInt(1, ACCOUNTS - ROWS);
        return "SELECT aid, bid, abalance, filler FROM pgbench_accounts WHERE aid BETWEEN " + first + " AND "
                + (first + ROWS - 1);
    }
}
