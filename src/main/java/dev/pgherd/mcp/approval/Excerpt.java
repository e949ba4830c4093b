package dev.pgherd.mcp.approval;

/** A text with its middle left out where it is too long, and a word about that. */
final class Excerpt {

    private static final int LONGEST = 1000;
    private static final int BEGINNING = 600;
    private static final int END = 300;

    private Excerpt() {}

    static String of(String text) {
        return text.length() <= LONGEST
                ? text
                : "%s [cut: %d more characters, not shown here] %s"
                        .formatted(
                                text.substring(0, BEGINNING),
                                text.length() - BEGINNING - END,
                                text.substring(text.length() - END));
    }
}
