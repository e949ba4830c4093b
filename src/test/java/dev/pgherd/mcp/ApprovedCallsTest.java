package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Calls that need a person's approval, from a client that cannot show a form. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApprovedCallsTest {

    private static final Pattern TOKEN = Pattern.compile("approval \"([0-9]+-[a-z2-7]{32})\"");
    private static final Map<String, Object> DROP = Map.of("instance", "shop", "confirm", "shop", "wait_seconds", 0);

    private AgentTools tools;

    @BeforeAll
    void start(@TempDir Path directory) {
        tools = new AgentTools(directory);
    }

    @BeforeEach
    void plant() throws Exception {
        tools.follow("{}");
        tools.server().run("app", "app", "DROP TABLE IF EXISTS fruit");
        tools.server().run("app", "app", "CREATE TABLE fruit AS SELECT g AS id FROM generate_series(1, 3) g");
    }

    @AfterAll
    void stop() {
        tools.close();
    }

    @Test
    void aStatementWaitsForAPersonAndThenRunsOnce() {
        // Given
        tools.follow("agentAccess: {requireApproval: [Write, DDL]}");
        var delete = Map.<String, Object>of(
                "instance", "shop", "sql", "DELETE FROM fruit WHERE id = $1 AND 'Ada' <> ''", "params", List.of(1));

        // When
        var refusal = tools.caller().fail("execute", delete);

        // Then
        assertThat(refusal)
                .contains(
                        "Nothing was done",
                        "requireApproval: Write)",
                        "kubectl annotate pgi shop -n default --overwrite pgherd.dev/approved=");
        assertThat(count()).isEqualTo("[[3]]");
        var token = token(refusal);
        assertThat(tools.caller().fail("execute", with(delete, token)))
                .contains("nobody has granted that approval yet");
        grant(token);
        assertThat(tools.caller()
                        .ask("execute", with(delete, token))
                        .structured()
                        .path("row_count")
                        .asInt())
                .isEqualTo(1);
        assertThat(tools.caller().fail("execute", with(delete, token))).contains("nobody has granted");
        assertThat(count()).isEqualTo("[[2]]");
        assertThat(events("ApprovalRequested", token))
                .singleElement()
                .satisfies(event -> assertThat(event.getMessage())
                        .contains(token, "DELETE FROM fruit WHERE id = $1")
                        .doesNotContain("Ada"));
        assertThat(events("ApprovalUsed", "token " + token)).hasSize(1);
    }

    @Test
    void whatWasApprovedCannotBeExchanged() {
        // Given
        tools.follow("agentAccess: {requireApproval: [Write]}");
        var one = Map.<String, Object>of("instance", "shop", "sql", "DELETE FROM fruit WHERE id = 1");
        var token = token(tools.caller().fail("execute", one));
        grant(token);

        // When, Then
        var all = Map.<String, Object>of("instance", "shop", "sql", "DELETE FROM fruit");
        assertThat(tools.caller().fail("execute", with(all, token)))
                .contains("Nothing was done", "other arguments")
                .doesNotContain("pgherd.dev/approved=");
        assertThat(tools.caller().fail("execute", with(all, "true"))).contains("is none");
        try (var eve = new Caller(tools.mcp().connect())) {
            assertThat(eve.fail("execute", with(one, token))).contains("another caller");
        }
        tools.follow("agentAccess: {requireApproval: [Write], limits: {maxRows: 7}}");
        assertThat(tools.caller().fail("execute", with(one, token))).contains("spec that has changed since");
        assertThat(count()).isEqualTo("[[3]]");
    }

    @Test
    void onlyWhatTheInstanceNamesNeedsApproval() {
        tools.follow("agentAccess: {requireApproval: [DDL]}");

        tools.caller().ask("execute", Map.of("instance", "shop", "sql", "DELETE FROM fruit WHERE id = 3"));
        assertThat(tools.refusal("execute", "CREATE TABLE nuts (id int)")).contains("requireApproval: DDL)");
        assertThat(tools.refusal("execute", "SELECT pg_sleep(0)")).contains("requireApproval: DDL)");
        assertThat(tools.refusal("execute", "DELETE FROM fruit WHERE note = '" + "x".repeat(20_000) + "'"))
                .contains("42703");
        assertThat(tools.refusal("execute", "CREATE TABLE x (note text DEFAULT '" + "x".repeat(20_000) + "')"))
                .contains("Split it");
        assertThat(count()).isEqualTo("[[2]]");
        assertThat(tools.caller()
                        .ask("get_postgres_instance", Map.of("instance", "shop"))
                        .structured()
                        .at("/spec/agentAccess/requireApproval"))
                .hasToString("[\"DDL\"]");
    }

    @Test
    void whereAgentsOnlyReadNobodyIsAskedForApproval() {
        tools.follow("agentAccess: {mode: ReadOnly, requireApproval: [Write]}");

        assertThat(tools.refusal("execute", "DELETE FROM nowhere")).contains("only read");
        assertThat(events("ApprovalRequested", "DELETE FROM nowhere")).isEmpty();
    }

    @Test
    void anInstanceIsDroppedWhenItsNameIsRepeatedAndAPersonHasApproved() {
        // Given
        tools.follow("agentAccess: {requireApproval: [Delete]}");

        // When
        var wrong = tools.caller().fail("drop_postgres_instance", Map.of("instance", "shop", "confirm", "yes"));
        var refusal = tools.caller().fail("drop_postgres_instance", DROP);

        // Then
        assertThat(wrong).contains("'confirm' must be 'shop'").doesNotContain("annotate");
        assertThat(tools.caller().fail("drop_postgres_instance", with(DROP, token(refusal))))
                .contains("nobody has granted");
        assertThat(tools.instance().get()).isNotNull();
        grant(token(refusal));
        var patient = new HashMap<>(with(DROP, token(refusal)));
        patient.put("wait_seconds", 30);
        tools.caller().ask("drop_postgres_instance", patient);
        assertThat(tools.instance().get()).isNull();
        assertThat(events("ApprovalUsed", "Delete the instance default/shop")).hasSize(1);
    }

    private String count() {
        return tools.rows("SELECT count(*)::int FROM fruit");
    }

    private static Map<String, Object> with(Map<String, Object> arguments, String token) {
        var all = new HashMap<>(arguments);
        all.put("approval", token);
        return all;
    }

    private static String token(String refusal) {
        var found = TOKEN.matcher(refusal);
        assertThat(found.find()).as(refusal).isTrue();
        return found.group(1);
    }

    /** As {@code kubectl annotate} does. */
    private void grant(String token) {
        tools.instance().edit(instance -> {
            instance.getMetadata().setAnnotations(Map.of("pgherd.dev/approved", token));
            return instance;
        });
    }

    private List<Event> events(String reason, String part) {
        return tools.client().v1().events().inNamespace("default").list().getItems().stream()
                .filter(event ->
                        event.getReason().equals(reason) && event.getMessage().contains(part))
                .toList();
    }
}
