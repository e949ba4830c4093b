package dev.pgherd.mcp.tool;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * A pattern that names are held against, whatever their case: with wildcards for the whole name, without them anywhere in
 * it. One with a dot is held against names with what they belong to as well.
 */
record NamePattern(String text) {

    private static final List<Character> WILDCARDS = List.of('*', '%');

    NamePattern {
        text = text.toLowerCase(Locale.ROOT);
    }

    /**
     * How well the best of these names fits: 0 is best.
     *
     * @param names the plain one first, then those with what it belongs to
     */
    OptionalInt rank(String... names) {
        return Arrays.stream(names)
                .limit(text.indexOf('.') < 0 ? 1 : names.length)
                .mapToInt(name -> rank(name.toLowerCase(Locale.ROOT)))
                .filter(rank -> rank >= 0)
                .min();
    }

    private int rank(String name) {
        if (text.chars().anyMatch(c -> WILDCARDS.contains((char) c))) {
            return fits(name) ? 0 : -1;
        }
        if (name.equals(text)) {
            return 0;
        }
        return name.startsWith(text) ? 1 : name.contains(text) ? 2 : -1;
    }

    /** Goes back to the last wildcard alone, so that many of them cost no more than one. */
    private boolean fits(String name) {
        var at = 0;
        var wildcard = -1;
        var resumed = 0;
        var place = 0;
        while (place < name.length()) {
            if (at < text.length() && WILDCARDS.contains(text.charAt(at))) {
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
        while (at < text.length() && WILDCARDS.contains(text.charAt(at))) {
            at++;
        }
        return at == text.length();
    }
}
