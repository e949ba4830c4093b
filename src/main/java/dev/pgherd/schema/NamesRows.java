package dev.pgherd.schema;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Makes names of rows, as far as agents may see them. */
final class NamesRows {

    private static final Map<String, String> KINDS =
            Map.of("f", "function", "p", "procedure", "a", "aggregate", "w", "window");

    private NamesRows() {}

    static Names of(List<CatalogRow> columns, List<CatalogRow> routines, Visibility visibility, boolean complete) {
        return new Names(
                columns.stream().map(row -> columns(row, visibility)).toList(),
                routines.stream()
                        .map(NamesRows::routine)
                        .filter(visibility::showsRoutine)
                        .map(routine -> new Routine(
                                routine.schema(),
                                routine.name(),
                                routine.kind(),
                                routine.arguments(),
                                routine.result(),
                                routine.extension(),
                                visibility.comment(routine.comment())))
                        .toList(),
                complete);
    }

    private static ColumnNames columns(CatalogRow row, Visibility visibility) {
        var names = row.texts("names");
        var types = row.texts("types");
        var shown = IntStream.range(0, names.size())
                .filter(number -> visibility.showsColumn(row.text("schema"), row.text("table"), names.get(number)))
                .boxed()
                .toList();
        return new ColumnNames(
                row.number("rel"),
                shown.stream().map(names::get).toList(),
                shown.stream().map(types::get).map(visibility::type).toList());
    }

    private static Routine routine(CatalogRow row) {
        return new Routine(
                row.text("schema"),
                row.text("name"),
                KINDS.getOrDefault(row.text("kind"), "function"),
                row.text("arguments"),
                row.text("result"),
                row.text("extension"),
                row.text("comment"));
    }
}
