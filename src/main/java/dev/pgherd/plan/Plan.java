package dev.pgherd.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The plan of one statement, as {@code EXPLAIN (FORMAT JSON)} gives it. */
public final class Plan {

    private static final List<PlanRule> RULES =
            List.of(new MissingStatistics(), new FilteredScan(), new Misestimate(), new Spill(), new ManyLoops());

    private static final double MOST_OF_IT = 0.5;
    private static final double NOTICEABLE_MS = 50;

    private final JsonNode json;
    private final PlanNode root;

    private Plan(JsonNode json) {
        this.json = json;
        this.root = PlanNode.of(json.path("Plan"));
    }

    /** Takes the array that PostgreSQL gives; a utility statement has no plan. */
    public static Optional<Plan> of(JsonNode explained) {
        return explained.path(0).has("Plan") ? Optional.of(new Plan(explained.path(0))) : Optional.empty();
    }

    /** Whether the statement was run for it. */
    public boolean analyzed() {
        return root.measured();
    }

    /** Zero where it is not told. */
    public double planningMillis() {
        return json.path("Planning Time").asDouble(0);
    }

    /** Zero where the statement was not run. */
    public double executionMillis() {
        return json.path("Execution Time").asDouble(0);
    }

    /** The tables that it uses, as schema and name. */
    public Set<List<String>> tables() {
        return root.all()
                .filter(node -> node.has("Relation Name"))
                .map(node -> List.of(node.text("Schema"), node.text("Relation Name")))
                .collect(Collectors.toSet());
    }

    /** One step a line. */
    public String text() {
        return PlanText.of(root);
    }

    /** What stands out, each thing once. */
    public List<PlanFinding> findings(Collection<TableFacts> facts) {
        var tables =
                facts.stream().collect(Collectors.toMap(TableFacts::name, Function.identity(), (one, same) -> one));
        var found = root.all().flatMap(node -> RULES.stream().flatMap(rule -> rule.look(node, tables)));
        var seen = new TreeSet<String>();
        return Stream.concat(found, compilation().stream())
                .filter(finding -> seen.add(finding.kind() + finding.node() + finding.evidence()))
                .sorted((one, other) -> other.severity().compareTo(one.severity()))
                .toList();
    }

    private Optional<PlanFinding> compilation() {
        var spent = json.at("/JIT/Timing/Total").asDouble(0);
        return spent > NOTICEABLE_MS && spent > executionMillis() * MOST_OF_IT
                ? Optional.of(PlanFinding.warning(
                        "jit",
                        root,
                        "%.0f of %.0f ms went into compiling it".formatted(spent, executionMillis()),
                        "Set jit to off, or raise jit_above_cost."))
                : Optional.empty();
    }
}
