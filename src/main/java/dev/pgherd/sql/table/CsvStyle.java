package dev.pgherd.sql.table;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Comma-separated values as in RFC 4180; NULL is nothing at all, an empty text two quotes. */
public record CsvStyle() implements TableStyle {

    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]");

    @Override
    public String header(List<String> names) {
        return line(names);
    }

    @Override
    public String row(List<@Nullable String> cells) {
        return line(cells);
    }

    private static String line(List<? extends @Nullable String> cells) {
        return cells.stream().map(CsvStyle::field).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String field(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return text.isEmpty() || NEEDS_QUOTES.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
