package dev.pgherd.mcp.tool;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * A pattern that names are held against, whatever their case: with wildcards for the whole name, without them anywhere in
 * it. One with a dot is held against names with what they belong to as well.
 */
final class NamePattern {

    private static final String WILDCARDS = "*%";

    private final String text;
    private final boolean whole;
    private final boolean dotted;

    NamePattern(String text) {
        this.text = text.toLowerCase(Locale.ROOT);
        this.whole = text.chars().anyMatch(NamePattern::isWildcard);
        this.dotted = text.indexOf('.') >= 0;
    }

    /**
     * How well a name fits, alone or with what it belongs to: 0 is best.
     *
     * @param owners the nearest first
     */
    OptionalInt rank(String name, String... owners) {
        var best = rankOf(name);
        var qualified = name;
        for (var owner = 0; dotted && owner < owners.length; owner++) {
            qualified = owners[owner] + "." + qualified;
            var rank = rankOf(qualified);
            best = best < 0 || (rank >= 0 && rank < best) ? rank : best;
        }
        return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
    }

    private int rankOf(String written) {
        var name = written.toLowerCase(Locale.ROOT);
        if (whole) {
            return fits(name) ? 0 : -1;
        }
        if (name.equals(text)) {
            return 0;
        }
        return name.startsWith(text) ? 1 : name.contains(text) ? 2 : -1;
    }

    private static boolean isWildcard(int c) {
        return WILDCARDS.indexOf(c) >= 0;
    }

    /** Goes back to the last wildcard alone, so that many of them cost no more than one. */
    private boolean fits(String name) {
        var at = 0;
        var wildcard = -1;
        var resumed = 0;
        var place = 0;
        while (place < name.length()) {
            if (at < text.length() && isWildcard(text.charAt(at))) {
                wildcard = at++;
                resumed = place;
            } else if (at < text.length() && text.charAt(at) == name.charAt(place)) {
                at++;
                place++;
            } else if (wildcard >= 0) {
                at = wildcard + 1;
                place = ++resumed;
            } else {
                return false;
            }
        }
        while (at < text.length() && isWildcard(text.charAt(at))) {
            at++;
        }
        return at == text.length();
    }
}
