package dev.pgherd.mcp.tool;

import dev.pgherd.schema.ColumnNames;
import dev.pgherd.schema.Names;
import dev.pgherd.schema.Overview;
import dev.pgherd.schema.Relation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds names that fit a pattern, the best first; those of partitions are those of their tables. */
record ObjectSearch(NamePattern pattern, Optional<ObjectType> type, Optional<String> schema) {

    List<FoundObject> in(Overview overview, Names names) {
        var tables = overview.relations().stream()
                .filter(table -> !table.partition() && here(table.schema()))
                .collect(Collectors.toMap(Relation::oid, Function.identity()));
        return Stream.of(
                        wanted(ObjectType.table) ? tables(tables) : Stream.<FoundObject>of(),
                        wanted(ObjectType.column) ? columns(tables, names) : Stream.<FoundObject>of(),
                        wanted(ObjectType.function) ? functions(names) : Stream.<FoundObject>of())
                .flatMap(found -> found)
                .sorted(Comparator.comparing(FoundObject::place))
                .toList();
    }

    private Stream<FoundObject> tables(Map<Long, Relation> tables) {
        return tables.values().stream()
                .flatMap(table -> pattern.rank(table.name(), table.schema()).stream()
                        .mapToObj(rank -> FoundObject.table(rank, table)));
    }

    private Stream<FoundObject> columns(Map<Long, Relation> tables, Names names) {
        return names.columns().stream()
                .flatMap(columns ->
                        Stream.ofNullable(tables.get(columns.relation())).flatMap(table -> columns(table, columns)));
    }

    private Stream<FoundObject> columns(Relation table, ColumnNames columns) {
        return IntStream.range(0, columns.names().size()).boxed().flatMap(number -> {
            var name = columns.names().get(number);
            return pattern.rank(name, table.name(), table.schema()).stream()
                    .mapToObj(rank -> FoundObject.column(
                            rank, table, name, columns.types().get(number)));
        });
    }

    private Stream<FoundObject> functions(Names names) {
        return names.routines().stream()
                .filter(routine -> here(routine.schema()))
                .flatMap(routine -> pattern.rank(routine.name(), routine.schema()).stream()
                        .mapToObj(rank -> FoundObject.function(rank, routine)));
    }

    private boolean wanted(ObjectType one) {
        return type.map(one::equals).orElse(true);
    }

    private boolean here(String place) {
        return schema.map(place::equals).orElse(true);
    }
}
