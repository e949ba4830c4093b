package dev.pgherd.sql;

import java.util.ArrayList;

/** Which limits cut a result, and what to say about it. */
final class Truncation {

    private final SqlLimits limits;
    private boolean atRows;
    private boolean atBytes;
    private int cells;

    Truncation(SqlLimits limits) {
        this.limits = limits;
    }

    void stopAtRows() {
        atRows = true;
    }

    void stopAtBytes() {
        atBytes = true;
    }

    void cellsCut(int count) {
        cells += count;
    }

    boolean stopped() {
        return atRows || atBytes;
    }

    boolean happened() {
        return stopped() || cells > 0;
    }

    String message(int rows) {
        var parts = new ArrayList<String>();
        if (atRows) {
            parts.add("Only the first " + rows + " rows are here (limit max_rows); continue with ORDER BY and a WHERE"
                    + " condition on the last key, or aggregate.");
        }
        if (atBytes) {
            parts.add("Only the first " + rows + " rows are here: the next one would exceed " + limits.maxResultBytes()
                    + " bytes (limit maxResultBytes); select fewer columns, or continue with ORDER BY and a WHERE"
                    + " condition on the last key.");
        }
        if (cells > 0) {
            parts.add(cells + (cells == 1 ? " value was" : " values were") + " cut at " + limits.maxCellBytes()
                    + " bytes (limit maxCellBytes); read the rest in parts with substring().");
        }
        return String.join(" ", parts);
    }
}
