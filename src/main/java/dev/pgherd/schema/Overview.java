package dev.pgherd.schema;

import java.util.Comparator;
import java.util.List;

/**
 * The names of everything that has rows, sorted.
 *
 * @param complete false where there are more than can be held at a time
 */
public record Overview(List<Schema> schemas, List<Relation> relations, boolean complete) {

    public Overview {
        schemas = schemas.stream().sorted(Comparator.comparing(Schema::name)).toList();
        relations = relations.stream()
                .sorted(Comparator.comparing(Relation::schema).thenComparing(Relation::name))
                .toList();
    }
}
