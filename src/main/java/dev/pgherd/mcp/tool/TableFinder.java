package dev.pgherd.mcp.tool;

import dev.pgherd.schema.Overview;
import dev.pgherd.schema.Relation;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the table that is meant by a name, written plainly or as in SQL, with its schema or without. */
record TableFinder(Overview overview) {

    private static final int MOST_CANDIDATES = 10;

    /** Empty where there is none. */
    Optional<Relation> find(String text) {
        return readings(text)
                .map(this::matching)
                .filter(found -> !found.isEmpty())
                .findFirst()
                .map(found -> {
                    if (found.size() > 1) {
                        throw new ToolFailedException(
                                FailureKind.INVALID,
                                "'%s' could be any of %d tables: %s. Say which, with its schema."
                                        .formatted(text, found.size(), references(found)));
                    }
                    return found.get(0);
                });
    }

    ToolFailedException unknown(String text) {
        var wanted = SqlName.of(text).map(SqlName::last).orElse(text);
        var near = NearestNames.of(wanted, overview.relations(), Relation::name);
        return new ToolFailedException(
                FailureKind.NOT_FOUND,
                near.isEmpty()
                        ? "There is no table '%s': there is none at all that agents may read.".formatted(text)
                        : "There is no table '%s' that agents may read. The nearest names are: %s; search_objects finds others."
                                .formatted(text, references(near)));
    }

    /** The schema of that name, or a failure that names those that could have been meant. */
    String schema(String name) {
        return overview.schemas().stream()
                .map(schema -> schema.name())
                .filter(name::equals)
                .findFirst()
                .orElseThrow(() -> new ToolFailedException(
                        FailureKind.NOT_FOUND,
                        "There is no schema '%s' that agents may use. The nearest names are: %s; list_schemas shows all."
                                .formatted(
                                        name,
                                        String.join(
                                                ", ",
                                                NearestNames.of(name, overview.schemas(), schema -> schema.name())
                                                        .stream()
                                                        .map(schema -> schema.name())
                                                        .toList()))));
    }

    /** What the text can mean, the likeliest first: names may themselves contain dots. */
    private static Stream<Predicate<Relation>> readings(String text) {
        return Stream.of(
                relation -> relation.reference().equals(text),
                relation -> relation.name().equals(text) || (relation.schema() + "." + relation.name()).equals(text),
                relation -> SqlName.of(text)
                        .map(name -> name.means(relation.schema(), relation.name()))
                        .orElse(false),
                relation -> relation.name().equalsIgnoreCase(text)
                        || (relation.schema() + "." + relation.name()).equalsIgnoreCase(text));
    }

    private List<Relation> matching(Predicate<Relation> reading) {
        return overview.relations().stream().filter(reading).toList();
    }

    private static String references(List<Relation> relations) {
        return relations.stream()
                .limit(MOST_CANDIDATES)
                .map(Relation::reference)
                .collect(Collectors.joining(", "));
    }
}
