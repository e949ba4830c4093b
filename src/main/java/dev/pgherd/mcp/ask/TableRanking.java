package dev.pgherd.mcp.ask;

import dev.pgherd.schema.Relation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Puts the tables that a question is likely about first. */
public record TableRanking(QuestionWords words, Map<Long, List<String>> columns) {

    private static final int NAME = 6;
    private static final int COMMENT = 2;
    private static final int COLUMN = 2;
    private static final int MOST_COLUMNS = 3;

    /** Partitions are left out: their parent stands for them. Where the words say nothing, large tables come first. */
    public List<Relation> of(List<Relation> relations) {
        return relations.stream()
                .filter(relation -> !relation.partition())
                .sorted(Comparator.comparingInt((Relation relation) -> -score(relation))
                        .thenComparing(relation -> !relation.extension().isEmpty())
                        .thenComparing(relation -> -Objects.requireNonNullElse(relation.rows(), 0L))
                        .thenComparing(Relation::reference))
                .toList();
    }

    /** Zero where the table has nothing to do with the question, as far as its words tell. */
    public int score(Relation relation) {
        var matching = columns.getOrDefault(relation.oid(), List.of()).stream()
                .filter(column -> words.in(column) > 0)
                .count();
        return NAME * words.in(relation.name())
                + words.in(relation.schema())
                + COMMENT * words.in(relation.comment())
                + COLUMN * (int) Math.min(MOST_COLUMNS, matching);
    }
}
