package dev.pgherd.mcp.tool;

/** How many characters must be inserted, removed or replaced to turn one name into another. */
final class NameDistance {

    private NameDistance() {}

    static int between(String one, String other) {
        var previous = new int[other.length() + 1];
        for (var column = 0; column < previous.length; column++) {
            previous[column] = column;
        }
        for (var row = 1; row <= one.length(); row++) {
            var current = new int[previous.length];
            current[0] = row;
            for (var column = 1; column < current.length; column++) {
                var replaced = previous[column - 1] + (one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(previous[column], current[column - 1]));
            }
            previous = current;
        }
        return previous[other.length()];
    }
}
