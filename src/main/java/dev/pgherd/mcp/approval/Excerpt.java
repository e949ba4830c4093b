package dev.pgherd.mcp.approval;

/** A text with its middle left out where it is too long, and a word about that. */
final class Excerpt {

    private static final int LONGEST = 1000;
    private static final int BEGINNING = 600;
    private static final int END = 300;

    private Excerpt() {}

    static String of(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        var beginning = whole(text, BEGINNING);
        var end = whole(text, text.length() - END);
        return "%s [cut: %d more characters, not shown here] %s"
                .formatted(text.substring(0, beginning), end - beginning, text.substring(end));
    }

    /** Before a character that takes two places, not inside. */
    private static int whole(String text, int place) {
        return Character.isSurrogatePair(text.charAt(place - 1), text.charAt(place)) ? place - 1 : place;
    }
}
