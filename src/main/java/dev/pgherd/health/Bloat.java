package dev.pgherd.health;

import java.util.List;
import java.util.stream.Stream;

/** Tables that take more pages than their rows need. */
final class Bloat implements HealthCheck {

    /** Of each row and each page, beside the values; padding makes it more. */
    private static final double ROW_HEADER = 28;

    private static final double PAGE_HEADER = 24;
    private static final double PADDING = 1.15;
    private static final double SHARE = 0.4;
    private static final double LARGE_SHARE = 0.7;
    private static final double MATTERS = 1 << 20;
    private static final double LARGE = 100 << 20;

    @Override
    public String name() {
        return "bloat";
    }

    @Override
    public Judgement judge(List<Row> rows) {
        return Judgement.of(rows.stream().flatMap(this::look).toList());
    }

    private Stream<Finding> look(Row row) {
        var room = (row.number("block") - PAGE_HEADER) * row.number("fillfactor") / 100;
        var needed = Math.ceil(row.number("rows") * (ROW_HEADER + row.number("width") * PADDING) / room);
        var spare = row.number("pages") - needed;
        var bytes = spare * row.number("block");
        var share = spare / row.number("pages");
        if (share < SHARE || bytes < MATTERS) {
            return Stream.empty();
        }
        return Stream.of(finding(
                share > LARGE_SHARE && bytes > LARGE ? Severity.WARNING : Severity.INFO,
                row.text("reference"),
                "about %s of %s are empty or dead (estimated from %.0f rows of %.0f bytes)"
                        .formatted(
                                Amounts.bytes(bytes),
                                Amounts.bytes(row.number("pages") * row.number("block")),
                                row.number("rows"),
                                row.number("width")),
                "New rows use the room again. To give it back, the owner runs VACUUM FULL, which locks the table meanwhile.",
                "VACUUM FULL " + row.text("reference")));
    }
}
