package dev.pgherd.mcp.tool;

import java.util.Locale;

/** Numbers of bytes as people say them. */
final class Bytes {

    private static final String UNITS = "KMGTP";
    private static final double STEP = 1024;

    private Bytes() {}

    static String text(long bytes) {
        if (bytes < STEP) {
            return bytes + " B";
        }
        var size = bytes / STEP;
        var unit = 0;
        while (size >= STEP && unit < UNITS.length() - 1) {
            size /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %siB", size, UNITS.charAt(unit));
    }
}
