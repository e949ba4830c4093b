package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that need a person's approval, from clients that can show a form. */
class ApprovalFormTest extends AgentToolsFixture {

    private static final Map<String, Object> INSERT =
            Map.of("instance", "shop", "sql", "INSERT INTO fruit VALUES ($1)", "params", List.of("kiwi\u202e"));

    @BeforeAll
    void fill() throws Exception {
        tools.server().run("app", "app", "CREATE TABLE fruit (name text)");
    }

    @BeforeEach
    void guard() throws Exception {
        tools.server().run("app", "app", "TRUNCATE fruit");
        tools.follow("agentAccess: {requireApproval: [Write, Delete]}");
    }

    @Test
    void aPersonSeesAllOfItAndSaysYes() {
        var shown = new AtomicReference<String>();
        try (var caller = caller(request -> {
            shown.set(request.message());
            return accepted(Map.of("approve", true));
        })) {
            caller.ask("execute", INSERT);
            caller.ask("execute", INSERT);
        }

        assertThat(shown.get()).contains("Run in default/shop:", "INSERT INTO fruit VALUES ($1)", "$1 = \"kiwi?\"");
        assertThat(count()).isEqualTo("[[2]]");
        assertThat(tools.client().v1().events().inNamespace("default").list().getItems())
                .filteredOn(event -> event.getReason().equals("ApprovalUsed"))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(event -> assertThat(event.getMessage())
                        .contains("a form", "INSERT INTO fruit")
                        .doesNotContain("kiwi"));
    }

    @Test
    void anythingButATickedBoxIsNo() {
        var noes = List.of(
                accepted(Map.of("approve", false)),
                accepted(Map.of()),
                accepted(Map.of("approve", "true")),
                McpSchema.ElicitResult.builder(McpSchema.ElicitResult.Action.DECLINE)
                        .content(Map.of("approve", true))
                        .build(),
                McpSchema.ElicitResult.builder(McpSchema.ElicitResult.Action.CANCEL)
                        .build());
        for (var no : noes) {
            try (var caller = caller(request -> no)) {
                assertThat(caller.fail("execute", INSERT)).contains("Nothing was done", "did not approve");
                assertThat(caller.fail("drop_postgres_instance", Map.of("instance", "shop", "confirm", "shop")))
                        .contains("did not approve");
            }
        }
        assertThat(count()).isEqualTo("[[0]]");
        assertThat(tools.instance().get()).isNotNull();
    }

    @Test
    void whatChangesWhileAPersonThinksIsNotWhatTheyApproved() {
        try (var caller = caller(request -> {
            tools.follow("agentAccess: {requireApproval: [Write, Delete], limits: {maxRows: 9}}");
            return accepted(Map.of("approve", true));
        })) {
            assertThat(caller.fail("drop_postgres_instance", Map.of("instance", "shop", "confirm", "shop")))
                    .contains("changed while a person was asked");
        }
        assertThat(tools.instance().get()).isNotNull();
    }

    @Test
    void withoutASessionAnAnswerCountsOnceToo() throws Exception {
        // Given
        var call = new StatelessDialogue(new StatelessClient(tools.mcp()), "execute", INSERT);
        var yes = Map.<String, Object>of("action", "accept", "content", Map.of("approve", true));
        var asked = call.begin();
        assertThat(StatelessDialogue.question(asked).path("message").asText()).contains("INSERT INTO fruit");
        assertThat(count()).isEqualTo("[[0]]");

        // When
        var done = call.answer(asked, yes);
        var replayed = call.answer(asked, yes);

        // Then
        assertThat(done.path("isError").asBoolean()).as(done.toString()).isFalse();
        assertThat(replayed.path("resultType").asText()).isEqualTo("input_required");
        assertThat(count()).isEqualTo("[[1]]");
    }

    private Caller caller(Function<McpSchema.ElicitFormRequest, McpSchema.ElicitResult> person) {
        return new Caller(tools.mcp().with(client -> client.elicitation(person)));
    }

    private static McpSchema.ElicitResult accepted(Map<String, Object> content) {
        return McpSchema.ElicitResult.builder(McpSchema.ElicitResult.Action.ACCEPT)
                .content(content)
                .build();
    }

    private String count() {
        return tools.rows("SELECT count(*)::int FROM fruit");
    }
}
