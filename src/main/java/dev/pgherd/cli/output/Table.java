package dev.pgherd.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lines whose columns stand below each other, with nothing drawn around them. */
public final class Table {

    private static final int GAP = 3;

    /** What moves the cursor, turns the direction of text, or is not seen. */
    private static final Pattern DECEIVING = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private final List<List<String>> lines = new ArrayList<>();

    public Table(List<String> titles) {
        lines.add(plain(titles));
    }

    /** Of as many cells as there are titles; each stays on its line. */
    public Table row(List<String> cells) {
        lines.add(plain(cells));
        return this;
    }

    @Override
    public String toString() {
        var widths = IntStream.range(0, lines.get(0).size())
                .map(column -> lines.stream()
                        .mapToInt(line -> length(line.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        return lines.stream().map(line -> line(line, widths)).collect(Collectors.joining("\n"));
    }

    private static List<String> plain(List<String> cells) {
        return cells.stream()
                .map(cell -> DECEIVING.matcher(cell).replaceAll(" "))
                .toList();
    }

    private static String line(List<String> cells, int[] widths) {
        var text = new StringBuilder();
        for (var column = 0; column < cells.size(); column++) {
            text.append(cells.get(column)).append(" ".repeat(widths[column] + GAP - length(cells.get(column))));
        }
        return text.toString().stripTrailing();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
