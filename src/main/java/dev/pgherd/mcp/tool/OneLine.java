package dev.pgherd.mcp.tool;

import java.util.regex.Pattern;

/** Keeps what stands in a database on its line: a name may hold line breaks, and then look like more than it is. */
final class OneLine {

    private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\x{85}\\x{2028}\\x{2029}]+");

    private OneLine() {}

    static String of(String text) {
        return BREAKS.matcher(text).replaceAll(" ");
    }
}
