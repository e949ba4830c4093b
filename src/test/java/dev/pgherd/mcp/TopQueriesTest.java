package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The statistics of statements, from the way in which they are turned on to what is kept out of them. */
class TopQueriesTest extends AgentToolsFixture {

    private static final String LOADED = "postgresql: {parameters: {shared_preload_libraries: pg_stat_statements}}\n";
    private static final String ON = LOADED + "databases: [{name: app, extensions: [{name: pg_stat_statements}]}]\n";

    private String missing = "";
    private String notCreated = "";
    private String notLoaded = "";

    @BeforeAll
    void turnOn() throws Exception {
        tools.server().run("app", "app", "CREATE TABLE fruit (id int); CREATE TABLE vault (pin int)");
        missing = fails();
        tools.follow(LOADED);
        notCreated = fails();
        tools.follow(ON);
        notLoaded = fails();
        tools.server().asSuperuser("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'");
        tools.server().restart();
        await().ignoreExceptions().until(() -> tools.rows("SELECT 1").equals("[[1]]"));
        tools.server().run("app", "app", "SELECT count(*) AS of_the_application FROM fruit");
        tools.server().run("app", "app", "SELECT count(*) AS counted FROM vault");
        for (var round = 0; round < 3; round++) {
            tools.rows("SELECT count(*) AS of_agents FROM fruit WHERE id = " + round);
        }
    }

    @Test
    void whereTheyAreMissingItSaysHowToTurnThemOn() {
        assertThat(missing)
                .contains(
                        "pg_stat_statements is not in this database",
                        "parameters {\"shared_preload_libraries\": \"pg_stat_statements\"} (one restart)",
                        "kubectl edit pgi shop -n default",
                        "{name: app, extensions: [{name: pg_stat_statements}]}");
        assertThat(notCreated).contains("spec.databases").doesNotContain("Load it");
        assertThat(notLoaded).contains("must be loaded via").doesNotContain("Create it");
    }

    @Test
    void agentsSeeTheirOwnStatementsAndHowMuchOthersTake() {
        tools.follow(ON);

        var answer = tools.caller().ask("top_queries", Map.of("instance", "shop", "order_by", "calls"));

        assertThat(answer.structured().at("/queries/0/query").asText())
                .isEqualTo("SELECT count(*) AS of_agents FROM fruit WHERE id = $1");
        assertThat(answer.structured().at("/queries/0/calls").asInt()).isEqualTo(3);
        assertThat(answer.structured().at("/queries/0/role").asText()).isEqualTo("pgherd_reader");
        assertThat(answer.structured().path("hidden").asText())
                .contains("statements of app (", "may not read them")
                .doesNotContain("of_the_application");
        assertThat(answer.structured().path("since").asText()).startsWith("20");
        assertThat(answer.text()).doesNotContain("pg_catalog", "DISCARD", "BEGIN");
    }

    @Test
    void whatNamesSomethingThatIsKeptIsLeftOut() {
        tools.followElsewhere("{}");
        assertThat(texts()).contains("of_the_application", "FROM vault");

        tools.followElsewhere("agentAccess: {blocked: {tables: [public.vault]}}");

        assertThat(texts())
                .contains("of_the_application", "statements that name what is kept from agents")
                .doesNotContain("vault");
    }

    private String texts() {
        var answer = tools.caller().ask("top_queries", Map.of("instance", "shop", "limit", 100));
        return answer.structured() + answer.text();
    }

    private String fails() {
        return tools.caller().fail("top_queries", Map.of("instance", "shop"));
    }
}
