package dev.pgherd.config;

import java.util.Map;

/**
 * How much callers of the MCP endpoint may ask for.
 *
 * @param callsPerMinute of one caller; 0 is no limit
 * @param statementsPerMinute in one instance, over all callers; 0 is no limit
 * @param callsAtATime of one caller
 * @param totalCalls at a time, over all callers
 */
public record CallLimitConfig(int callsPerMinute, int statementsPerMinute, int callsAtATime, int totalCalls) {

    public static final String CALLS_PER_MINUTE = "PGHERD_MCP_CALLS_PER_MINUTE";
    public static final String STATEMENTS_PER_MINUTE = "PGHERD_MCP_STATEMENTS_PER_MINUTE";
    public static final String CALLS_AT_A_TIME = "PGHERD_MCP_CALLS_AT_A_TIME";
    public static final String TOTAL_CALLS = "PGHERD_MCP_TOTAL_CALLS";

    private static final int MOST = 1_000_000;

    static CallLimitConfig from(Map<String, String> environment) {
        var settings = new Settings(environment);
        return new CallLimitConfig(
                settings.integer(CALLS_PER_MINUTE, 0, 0, MOST),
                settings.integer(STATEMENTS_PER_MINUTE, 0, 0, MOST),
                settings.integer(CALLS_AT_A_TIME, 16, 1, MOST),
                settings.integer(TOTAL_CALLS, 100, 1, MOST));
    }
}
