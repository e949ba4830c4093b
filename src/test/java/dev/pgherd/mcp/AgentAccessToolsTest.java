package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the tools say where an instance lets agents do less. */
class AgentAccessToolsTest extends AgentToolsFixture {

    @BeforeAll
    void fill() throws Exception {
        tools.server().run("app", "app", "CREATE TABLE fruit AS SELECT g AS id FROM generate_series(1, 100) g");
    }

    @Test
    void whereAgentsOnlyReadExecuteSaysSo() {
        tools.follow("agentAccess: {mode: ReadOnly}");

        assertThat(tools.rows("SELECT count(*)::int FROM fruit")).isEqualTo("[[100]]");
        assertThat(tools.refusal("execute", "DELETE FROM fruit"))
                .contains("only read", "ReadOnly", "Use the query tool");
        assertThat(tools.rows("SELECT count(*)::int FROM fruit")).isEqualTo("[[100]]");
        assertThat(tools.caller()
                        .ask("health_check_postgres", Map.of("instance", "shop"))
                        .structured()
                        .path("healthy")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void whereAgentsHaveNoAccessEveryStatementIsRefused() {
        tools.follow("agentAccess: {mode: Disabled}");

        assertThat(tools.refusal("query", "SELECT 1")).contains("no access", "Disabled");
        assertThat(tools.refusal("execute", "SELECT 1")).contains("no access", "Disabled");
        assertThat(tools.caller().fail("health_check_postgres", Map.of("instance", "shop")))
                .contains("Disabled");
    }

    @Test
    void definitionsAndPlansAreRefusedByName() {
        tools.follow("agentAccess: {allowDDL: false, allowExplain: false}");

        assertThat(tools.refusal("execute", "create /* x */ table t (id int)"))
                .contains("CREATE TABLE was not sent", "allowDDL");
        assertThat(tools.refusal("execute", "SELECT 1 AS id INTO t")).contains("42501");
        assertThat(tools.refusal("query", "EXPLAIN SELECT 1")).contains("allowExplain");
        assertThat(tools.mcp().registry().scrape())
                .contains("pgherd_sql_rejections_total{reason=\"definitions\"}")
                .contains("pgherd_sql_rejections_total{reason=\"explain\"}");
    }

    @Test
    void theInstancesLimitsAreBelowTheServers() {
        tools.follow("agentAccess: {limits: {statementTimeout: 1s, maxRows: 3, maxResultBytes: 1024}}");

        var answer = tools.caller().ask("query", Map.of("instance", "shop", "sql", "TABLE fruit", "max_rows", 50));
        var large = tools.caller().ask("query", Map.of("instance", "shop", "sql", "SELECT repeat('x', 2000)"));

        assertThat(answer.structured().path("row_count").asInt()).isEqualTo(3);
        assertThat(large.structured().path("row_count").asInt()).isZero();
        assertThat(tools.refusal("query", "SELECT pg_sleep(10)")).contains("1000 ms", "1 s is the longest");
    }

    @Test
    void anInstanceSaysItselfHowManyStatementsItGets() {
        tools.follow("agentAccess: {limits: {queriesPerMinute: 1}}");
        tools.rows("SELECT 1");

        assertThat(tools.refusal("execute", "SELECT 1"))
                .contains("default/shop gets 1 a minute")
                .containsPattern("Try again in \\d+ s");
        assertThat(tools.refusal("query", "SELECT 1")).contains("default/shop gets 1 a minute");

        tools.follow("agentAccess: {limits: {queriesPerMinute: 600}}");

        assertThat(tools.rows("SELECT 1")).isEqualTo("[[1]]");
    }

    @Test
    void aRefusalAmongSeveralInstancesIsCounted() {
        tools.follow("agentAccess: {blocked: {tables: [public.nothing]}}");

        assertThat(tools.caller().fail("query", Map.of("instances", List.of("shop"), "sql", "SELECT * FROM nothing")))
                .contains("blocked.tables");
        assertThat(tools.mcp().registry().scrape())
                .contains("pgherd_sql_rejections_total{reason=\"blocked-table\"} 1.0");

        tools.follow("agentAccess: {mode: Disabled}");
        tools.caller().fail("query", Map.of("instances", List.of("shop"), "sql", "SELECT 1"));
        tools.refusal("query", "SELECT 1");
        tools.follow("{}");
        assertThat(tools.mcp().registry().scrape())
                .containsPattern("pgherd_sql_rejections_total\\{reason=\"access-mode\"} [2-9]");
    }

    @Test
    void anAgentCanLookAtWhatItMayDo() {
        tools.follow("agentAccess: {allowDDL: false, schemas: [public], blocked: {columns: ['*.ssn']}}");

        var answer = tools.caller().ask("get_postgres_instance", Map.of("instance", "shop"));

        assertThat(answer.structured().at("/spec/agentAccess/allowDDL")).hasToString("false");
        assertThat(answer.text()).contains("agentAccess: mode ReadWrite, allowDDL false", "blocked *.ssn");
    }
}
