package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.Target;
import dev.pgherd.mcp.ask.ChosenInstance;
import dev.pgherd.mcp.ask.LanguageModel;
import dev.pgherd.mcp.ask.ModelAnswer;
import dev.pgherd.mcp.ask.Prompts;
import dev.pgherd.mcp.ask.QuestionWords;
import dev.pgherd.schema.Overview;
import dev.pgherd.schema.Relation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the database that a question is about, where the caller does not say; wakes none for that. */
record AskTarget(ConnectionRegistry registry, SchemaGlance glance, int budget) {

    /** More than these a model does not tell apart well, and nobody wants to wait for. */
    private static final int MOST = 20;

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

    /** Tells the model's answer, too, where it had to be asked. */
    InstanceKey choose(String question, LanguageModel model, ToolCall call, List<ModelAnswer> answers) {
        var seen = seen(question, call);
        if (seen.isEmpty()) {
            throw new ToolFailedException(
                    FailureKind.NOT_FOUND,
                    "No instance is up that has tables to ask. Name one as instance, which also wakes it; list_postgres_instances shows all.");
        }
        if (seen.size() == 1) {
            return seen.get(0).key();
        }
        var offered = seen.stream()
                .collect(Collectors.toMap(
                        found -> found.key().toString(), Function.identity(), (one, other) -> one, LinkedHashMap::new));
        var tables = new LinkedHashMap<String, List<String>>();
        offered.forEach((name, found) -> tables.put(name, found.tables()));
        var answer = model.answer("choice", Prompts.choice(question, tables, budget));
        answers.add(answer);
        return ChosenInstance.of(answer.text(), offered.keySet())
                .map(offered::get)
                .map(Seen::key)
                .orElseThrow(() -> new ToolFailedException(
                        FailureKind.INVALID,
                        "The model could not tell which database the question is about. Name one as instance: %s."
                                .formatted(String.join(", ", offered.keySet()))));
    }

    private List<Seen> seen(String question, ToolCall call) {
        var words = QuestionWords.of(question);
        var deadline = System.nanoTime() + LONGEST_LOOK.toNanos();
        var seen = new ArrayList<Seen>();
        var candidates = registry.list().stream()
                .filter(target -> target.agentAccess().mayRead())
                .map(Target::key)
                .sorted(Comparator.comparingInt((InstanceKey key) -> -words.in(key.name()))
                        .thenComparing(InstanceKey::toString))
                .toList();
        for (var key : candidates) {
            if (seen.size() < MOST && System.nanoTime() < deadline) {
                glance.overview(key, call.cancellation())
                        .map(overview -> Seen.of(key, overview, words))
                        .filter(found -> !found.tables().isEmpty())
                        .ifPresent(seen::add);
            }
        }
        return seen;
    }

    /** What is in one of them, the likeliest tables first. */
    private record Seen(InstanceKey key, List<String> tables) {

        static Seen of(InstanceKey key, Overview overview, QuestionWords words) {
            return new Seen(
                    key,
                    overview.relations().stream()
                            .filter(relation -> !relation.partition())
                            .sorted(Comparator.comparingInt((Relation relation) -> -words.in(relation.name())))
                            .map(Relation::reference)
                            .toList());
        }
    }
}
