package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.mcp.ask.QuestionWords;
import dev.pgherd.mcp.ask.SchemaText;
import dev.pgherd.mcp.ask.TableRanking;
import dev.pgherd.schema.ColumnNames;
import dev.pgherd.schema.Relation;
import dev.pgherd.schema.TableDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Gathers what a model has to know of a schema: the tables of the question first, in full, then the others, in brief. */
record AskContext(SchemaKnowledge knowledge, int budget) {

    private static final int MOST_IN_FULL = 12;

    /** Leaves room for what the likeliest tables are joined with. */
    private static final double FULL_SHARE = 0.75;

    private static final Set<String> TOLD = Set.of("columns", "constraints", "foreign_keys");

    SchemaText of(InstanceKey key, String question, ToolCall call) {
        var overview = knowledge.overview(key, false, call).value();
        if (overview.relations().isEmpty()) {
            throw new ToolFailedException(
                    FailureKind.NOT_FOUND, "There is no table in %s that agents may read.".formatted(key));
        }
        var columns = knowledge.names(key, false, call).value().columns().stream()
                .collect(Collectors.toMap(ColumnNames::relation, Function.identity(), (one, other) -> one));
        var ranking = new TableRanking(QuestionWords.of(question), names(columns));
        var text = new SchemaText(budget);
        var rest = new ArrayList<>(ranking.of(overview.relations()));
        inFull(key, rest, text, call);
        for (var table : rest) {
            if (!text.describe(brief(table, columns.get(table.oid())))) {
                text.name(OneLine.of(table.reference()));
            }
        }
        return text;
    }

    private static Map<Long, List<String>> names(Map<Long, ColumnNames> columns) {
        return columns.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().names()));
    }

    /** Takes what it describes out of the list; what a described table refers to comes next. */
    private void inFull(InstanceKey key, List<Relation> rest, SchemaText text, ToolCall call) {
        var place = 0;
        for (var done = 0; done < MOST_IN_FULL && place < rest.size() && !text.fullerThan(FULL_SHARE); ) {
            var table = rest.get(place);
            var details = details(key, table, call);
            if (details.isEmpty() || !text.describe(full(table, details.get(0)))) {
                place++;
                done++;
                continue;
            }
            rest.remove(place);
            done++;
            for (var reference : details.get(0).references()) {
                bringForward(rest, place, reference.other());
            }
        }
    }

    private static void bringForward(List<Relation> rest, int place, String reference) {
        IntStream.range(place, rest.size())
                .filter(index -> rest.get(index).reference().equals(reference))
                .findFirst()
                .ifPresent(index -> rest.add(place, rest.remove(index)));
    }

    /** Empty also where the instance gives no more answers for now: names are something, too. */
    private List<TableDetails> details(InstanceKey key, Relation table, ToolCall call) {
        try {
            return knowledge.details(key, table, false, call).value().stream().toList();
        } catch (ToolFailedException e) {
            if (e.result().kind() == FailureKind.LIMITED) {
                return List.of();
            }
            throw e;
        }
    }

    private static String full(Relation table, TableDetails details) {
        var items = TableItems.of(details).stream()
                .filter(item -> TOLD.contains(item.section()))
                .map(item -> "\n  " + item.line());
        return OneLine.of(new RelationJson(Map.of()).line(table)) + items.collect(Collectors.joining());
    }

    private static String brief(Relation table, @Nullable ColumnNames columns) {
        var names = columns == null
                ? ""
                : IntStream.range(0, columns.names().size())
                        .mapToObj(index -> columns.names().get(index) + " "
                                + columns.types().get(index))
                        .collect(Collectors.joining(", "));
        return OneLine.of("%s(%s)".formatted(table.reference(), names));
    }
}
