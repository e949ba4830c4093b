package dev.pgherd.mcp.ask;

import java.util.regex.Pattern;

/** What a model is told of a schema, as far as it fits. */
public final class SchemaText {

    private static final Pattern TAG = Pattern.compile("(?i)</?\\s*schema\\s*>");

    private final StringBuilder text = new StringBuilder();
    private final int budget;
    private int described;
    private int named;
    private int leftOut;

    public SchemaText(int budget) {
        this.budget = budget;
    }

    /** Whether it fits; what does not is left out as a whole. */
    public boolean describe(String table) {
        if (!add(table)) {
            return false;
        }
        described++;
        return true;
    }

    /** By its name alone; what does not fit is counted. */
    public void name(String table) {
        if (add(table)) {
            named++;
        } else {
            leftOut++;
        }
    }

    /** How much of the room is taken. */
    public boolean fullerThan(double share) {
        return text.length() > share * budget;
    }

    public String text() {
        return leftOut == 0 ? text.toString() : text + "(%d more tables are not shown)%n".formatted(leftOut);
    }

    /** What whoever asked should know about it; empty where the model saw everything. */
    public String note() {
        return named + leftOut == 0
                ? ""
                : "The model saw %d of %d tables with their columns%s; name the tables in the question to change which."
                        .formatted(
                                described,
                                described + named + leftOut,
                                named == 0 ? "" : " and %d more by name".formatted(named));
    }

    /** The end of the schema stands where we put it, whatever a comment says. */
    private boolean add(String part) {
        var safe = TAG.matcher(part).replaceAll("(schema)");
        if (text.length() + safe.length() + 1 > budget) {
            return false;
        }
        text.append(safe).append('\n');
        return true;
    }
}
