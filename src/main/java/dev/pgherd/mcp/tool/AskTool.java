package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.config.McpConfig;
import dev.pgherd.mcp.ask.ModelAnswer;
import dev.pgherd.mcp.ask.Tokens;
import dev.pgherd.sql.SqlLimits;
import io.micrometer.core.instrument.MeterRegistry;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers a question in plain words: a model writes SQL, which runs as any other query does. */
final class AskTool implements PgTool {

    private static final int LONGEST_QUESTION = 4000;

    private final McpSchema.Tool definition = ToolDefinition.of("ask");
    private final Instances instances;
    private final AskModels models;
    private final AskTarget target;
    private final AskContext context;
    private final StatementRuns runs;
    private final AskMeters meters;
    private final McpConfig config;

    AskTool(
            Instances instances,
            SchemaKnowledge knowledge,
            StatementRuns runs,
            MeterRegistry meters,
            McpConfig config) {
        var registry = instances.registered().registry();
        var room = config.ask().contextCharacters();
        this.instances = instances;
        this.models = AskModels.of(config.ask(), instances.client());
        this.target = new AskTarget(registry, new SchemaGlance(knowledge, registry), room);
        this.context = new AskContext(knowledge, room);
        this.runs = runs;
        this.meters = new AskMeters(meters, registry);
        this.config = config;
    }

    @Override
    public McpSchema.Tool definition() {
        return definition;
    }

    @Override
    public ToolResult call(ToolCall call) {
        var question = call.arguments().required("question");
        if (question.length() > LONGEST_QUESTION) {
            throw ToolFailedException.argument(
                    "question", "a question of at most %d characters".formatted(LONGEST_QUESTION));
        }
        var given = call.arguments().text("instance").map(instances::key);
        var began = System.nanoTime();
        var asked = new Asked(given);
        try {
            var result = answer(question, asked, call);
            measure(asked, "success", began);
            return result;
        } catch (ToolFailedException e) {
            measure(asked, "failed", began);
            throw e;
        }
    }

    private ToolResult answer(String question, Asked asked, ToolCall call) {
        var model = models.of(call);
        var key = asked.instance.orElseGet(() -> target.choose(question, model, call, asked.answers));
        asked.instance = Optional.of(key);
        var schema = context.of(key, question, call);
        var run = new AskRun(model, runs, limits(), config.ask().repairs(), asked.answers);
        return result(run.run(key, question, schema.text(), call), asked, schema.note());
    }

    private static ToolResult result(AskRun.Answered answered, Asked asked, String note) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("sql", answered.sql())
                .put("instance", answered.key().toString())
                .put("attempts", answered.attempts());
        asked.model().ifPresent(model -> json.put("model", model));
        var tokens = asked.tokens();
        if (!tokens.equals(Tokens.NONE)) {
            json.putObject("tokens").put("input", tokens.input()).put("output", tokens.output());
        }
        if (!note.isEmpty()) {
            json.put("note", note);
        }
        StatementResult.addTo(json, answered.rows(), true);
        return new ToolResult.Success(
                json,
                "In %s, with this statement of a model:\n%s\n%s%s"
                        .formatted(
                                answered.key(),
                                answered.sql(),
                                StatementResult.text(answered.rows(), StatementResult.TEXT_LENGTH),
                                note.isEmpty() ? "" : "\n" + note));
    }

    private void measure(Asked asked, String outcome, long began) {
        meters.asked(asked.instance, outcome, Duration.ofNanos(System.nanoTime() - began), asked.tokens());
    }

    private SqlLimits limits() {
        return SchemaKnowledge.limits(config);
    }

    /** What is known of one call so far, also where it fails. */
    private static final class Asked {

        private final List<ModelAnswer> answers = new ArrayList<>();
        private Optional<InstanceKey> instance;

        Asked(Optional<InstanceKey> instance) {
            this.instance = instance;
        }

        Tokens tokens() {
            return answers.stream().map(ModelAnswer::tokens).reduce(Tokens.NONE, Tokens::plus);
        }

        Optional<String> model() {
            return answers.isEmpty()
                    ? Optional.empty()
                    : Optional.of(answers.get(answers.size() - 1).model()).filter(name -> !name.isEmpty());
        }
    }
}
