package dev.pgherd.health;

import java.util.Locale;

/** Numbers as people say them. */
final class Amounts {

    private static final double MEBIBYTE = 1 << 20;
    private static final double MINUTE = 60;
    private static final double HOUR = 3_600;
    private static final double DAY = 86_400;

    private Amounts() {}

    static String bytes(double bytes) {
        return String.format(
                Locale.ROOT,
                bytes < MEBIBYTE ? "%.0f kB" : "%.1f MB",
                bytes < MEBIBYTE ? bytes / 1024 : bytes / MEBIBYTE);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    static String time(double seconds) {
        if (seconds < 2 * MINUTE) {
            return String.format(Locale.ROOT, "%.0f s", seconds);
        }
        if (seconds < 2 * HOUR) {
            return String.format(Locale.ROOT, "%.0f min", seconds / MINUTE);
        }
        return seconds < 2 * DAY
                ? String.format(Locale.ROOT, "%.0f h", seconds / HOUR)
                : String.format(Locale.ROOT, "%.0f days", seconds / DAY);
    }
}
