package dev.pgherd.schema;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Makes a table's description of rows, as far as agents may see it. */
record TableRows(Relation table, Visibility visibility) {

    private static final Map<String, String> KINDS =
            Map.of("p", "primary_key", "u", "unique", "c", "check", "x", "exclusion");
    private static final Map<String, String> IDENTITIES = Map.of("a", "always", "d", "by default");
    private static final Map<String, String> GENERATIONS = Map.of("s", "stored", "v", "virtual");
    private static final Map<String, String> ACTIONS =
            Map.of("c", "cascade", "n", "set null", "d", "set default", "r", "restrict");

    TableDetails details(
            CatalogRow facts, List<CatalogRow> columns, List<CatalogRow> constraints, List<CatalogRow> indexes) {
        return new TableDetails(
                facts.flag("busy"),
                facts.numberIfKnown("rows"),
                facts.numberIfKnown("bytes"),
                facts.flag("row_security"),
                shown(facts.texts("partition_columns")) ? visibility.text(facts.text("partition_key")) : "",
                visibility.showsEveryColumn(table.schema(), table.name())
                        ? visibility.text(facts.text("partition_bound"))
                        : "",
                columns.stream()
                        .filter(row -> shown(List.of(row.text("name"))))
                        .map(this::column)
                        .toList(),
                constraints(constraints),
                keys(constraints, "rel", "other_", ""),
                keys(constraints, "other_rel", "", "other_"),
                indexes.stream()
                        .filter(row -> shown(row.texts("columns")))
                        .map(this::index)
                        .toList());
    }

    private List<Constraint> constraints(List<CatalogRow> rows) {
        return rows.stream()
                .filter(row -> KINDS.containsKey(row.text("kind")) && shown(used(row)))
                .map(row -> new Constraint(
                        row.text("name"),
                        KINDS.getOrDefault(row.text("kind"), ""),
                        row.texts("columns"),
                        visibility.text(row.text("definition")),
                        row.flag("valid")))
                .toList();
    }

    /** What an exclusion uses beside its columns, and what a check without columns looks at, is not listed. */
    private static List<String> used(CatalogRow row) {
        var columns = row.texts("columns");
        var whole = row.text("kind").equals("x") || columns.isEmpty();
        return Stream.concat(columns.stream(), whole ? Stream.of("") : Stream.of())
                .toList();
    }

    /** The foreign keys whose {@code end} this table is. */
    private List<ForeignKey> keys(List<CatalogRow> rows, String end, String there, String here) {
        return rows.stream()
                .filter(row -> row.text("kind").equals("f") && row.number(end) == table.oid())
                .filter(row -> shown(row.texts(here + "columns")))
                .filter(row -> visibility.showsColumns(
                        row.text(there + "schema"), row.text(there + "table"), row.texts(there + "columns")))
                .map(row -> new ForeignKey(
                        row.text("name"),
                        row.texts(here + "columns"),
                        row.text(there + "reference"),
                        row.texts(there + "columns"),
                        ACTIONS.getOrDefault(row.text("on_delete"), ""),
                        row.flag("valid")))
                .toList();
    }

    private Column column(CatalogRow row) {
        var type = visibility.type(row.text("type"));
        return new Column(
                row.text("name"),
                row.text("reference"),
                type,
                row.flag("nullable"),
                IDENTITIES.getOrDefault(row.text("identity"), ""),
                GENERATIONS.getOrDefault(row.text("generated"), ""),
                expression(row),
                type.equals(Visibility.UNTOLD) ? List.of() : row.texts("labels"),
                visibility.text(row.text("domain")),
                visibility.comment(row.text("comment")));
    }

    private String expression(CatalogRow row) {
        var shown = row.lists("uses").stream()
                .allMatch(use -> visibility.showsColumns(
                        use.get(0), use.get(1), use.get(2).isEmpty() ? Set.of() : Set.of(use.get(2))));
        return shown ? visibility.text(row.text("expression")) : "";
    }

    private boolean shown(List<String> columns) {
        return visibility.showsColumns(table.schema(), table.name(), columns);
    }

    private Index index(CatalogRow row) {
        return new Index(
                row.text("name"),
                row.flag("unique"),
                row.flag("primary"),
                row.flag("valid"),
                visibility.text(row.text("definition")));
    }
}
