package dev.pgherd.schema;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes an overview of rows, as far as agents may see it. */
final class OverviewRows {

    private OverviewRows() {}

    static Overview of(List<CatalogRow> schemas, List<CatalogRow> relations, Visibility visibility) {
        var all = relations.stream()
                .map(OverviewRows::relation)
                .collect(Collectors.toMap(Relation::oid, Function.identity()));
        var shown = all.values().stream()
                .filter(relation -> shows(relation, all, visibility))
                .collect(Collectors.toMap(Relation::oid, Function.identity()));
        return new Overview(
                schemas.stream()
                        .filter(row -> visibility.showsSchema(row.text("name")))
                        .map(row -> new Schema(row.text("name"), visibility.comment(row.text("comment"))))
                        .toList(),
                shown.values().stream()
                        .map(relation -> relation.told(
                                shown.containsKey(relation.parent()) ? relation.parent() : 0,
                                visibility.comment(relation.comment())))
                        .toList(),
                true);
    }

    /** Partitions hold the rows of the tables above them. */
    private static boolean shows(Relation relation, Map<Long, Relation> all, Visibility visibility) {
        for (var above = relation; above != null; above = all.get(above.parent())) {
            if (!visibility.showsTable(above.schema(), above.name())) {
                return false;
            }
        }
        return true;
    }

    private static Relation relation(CatalogRow row) {
        return new Relation(
                row.number("oid"),
                row.text("schema"),
                row.text("name"),
                row.text("reference"),
                RelationKind.of(row.text("kind")),
                row.numberIfKnown("rows"),
                row.numberIfKnown("bytes"),
                (int) row.number("partitions"),
                row.number("parent"),
                row.text("extension"),
                row.text("comment"));
    }
}
