package dev.pgherd.devcluster.apiserver.table;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** How long ago something was, in the short form of kubectl: {@code 45s}, {@code 3m20s}, {@code 5h}, {@code 2d}. */
record Ages(Clock clock) {

    private static final String UNKNOWN = "<unknown>";

    String since(String timestamp) {
        if (timestamp.isEmpty()) {
            return UNKNOWN;
        }
        try {
            return text(Duration.between(Instant.parse(timestamp), clock.instant()));
        } catch (DateTimeParseException e) {
            return UNKNOWN;
        }
    }

    private static String text(Duration age) {
        var seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        if (seconds < 600) {
            return two(seconds / 60, "m", seconds % 60, "s");
        }
        var minutes = seconds / 60;
        if (minutes < 180) {
            return minutes + "m";
        }
        var hours = minutes / 60;
        if (hours < 8) {
            return two(hours, "h", minutes % 60, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        var days = hours / 24;
        if (days < 8) {
            return two(days, "d", hours % 24, "h");
        }
        if (days < 2 * 365) {
            return days + "d";
        }
        return days < 8 * 365 ? two(days / 365, "y", days % 365, "d") : days / 365 + "y";
    }

    private static String two(long whole, String unit, long rest, String smaller) {
        return rest == 0 ? whole + unit : whole + unit + rest + smaller;
    }
}
