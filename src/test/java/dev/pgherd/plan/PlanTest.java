package dev.pgherd.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is read out of plans that a small server does not make by itself. */
class PlanTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void anIndexThatLeavesMuchToTheFilterIsFound() throws Exception {
        var plan = plan("""
                {"Node Type":"Index Scan","Schema":"public","Relation Name":"orders","Index Name":"orders_city","Plan Rows":10,
                 "Total Cost":99,"Actual Rows":12,"Actual Loops":2,"Actual Total Time":5.5,"Filter":"(total > 7)",
                 "Index Cond":"(city = 'x')","Rows Removed by Filter":9000}""");

        assertThat(plan.findings(List.of())).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo("index_filter");
            assertThat(finding.node()).isEqualTo("Index Scan using orders_city on public.orders");
            assertThat(finding.evidence()).isEqualTo("reads 18024 rows for 24 (filter (total > 7))");
        });
        assertThat(plan.tables()).isEqualTo(Set.of(List.of("public", "orders")));
        assertThat(plan.text())
                .isEqualTo(
                        "Index Scan using orders_city on public.orders (cost 99, rows 10; got 12 in 5.50 ms, 2 times,"
                                + " left out 9000) index (city = 'x') filter (total > 7)");
    }

    @Test
    void aHashInSeveralBatchesWentThroughFiles() throws Exception {
        var plan = plan("""
                {"Node Type":"Hash Join","Plan Rows":5,"Total Cost":1,"Actual Rows":5,"Actual Loops":1,"Plans":[
                  {"Node Type":"Hash","Plan Rows":5,"Actual Rows":5,"Actual Loops":1,"Hash Batches":4,"Peak Memory Usage":3900}]}""");

        assertThat(plan.findings(List.of())).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo("spill");
            assertThat(finding.evidence()).isEqualTo("a hash in 4 batches, 3900 kB in memory at a time");
        });
    }

    @Test
    void anEstimateIsBlamedWhereItWentWrongAndNotWhereItWasNotNeeded() throws Exception {
        var above = plan("""
                {"Node Type":"Hash Join","Plan Rows":10,"Actual Rows":90000,"Actual Loops":1,"Plans":[
                  {"Node Type":"Seq Scan","Relation Name":"a","Plan Rows":10,"Actual Rows":90000,"Actual Loops":1}]}""");
        var stopped = plan("""
                {"Node Type":"Limit","Plan Rows":1,"Actual Rows":1,"Actual Loops":1,"Plans":[
                  {"Node Type":"Seq Scan","Relation Name":"a","Plan Rows":90000,"Actual Rows":1,"Actual Loops":1}]}""");

        assertThat(above.findings(List.of())).singleElement().satisfies(finding -> {
            assertThat(finding.node()).isEqualTo("Seq Scan on a");
            assertThat(finding.evidence()).isEqualTo("10 rows expected, 90000 came: 9000 times more");
        });
        assertThat(stopped.findings(List.of())).isEmpty();
    }

    @Test
    void compilingThatTakesMostOfTheTimeIsFound() throws Exception {
        var plan = Plan.of(JSON.readTree("""
                [{"Plan":{"Node Type":"Result","Plan Rows":1,"Actual Rows":1,"Actual Loops":1},"Execution Time":200.0,
                  "Planning Time":1.5,"JIT":{"Timing":{"Total":150.0}}}]""")).orElseThrow();

        assertThat(plan.findings(List.of()))
                .extracting(PlanFinding::evidence)
                .containsExactly("150 of 200 ms went into compiling it");
        assertThat(plan.planningMillis()).isEqualTo(1.5);
    }

    @Test
    void statisticsOfAnotherTimeAreToldOncePerTable() throws Exception {
        var plan = plan("""
                {"Node Type":"Append","Plan Rows":2,"Plans":[
                  {"Node Type":"Seq Scan","Schema":"s","Relation Name":"a","Plan Rows":1},
                  {"Node Type":"Seq Scan","Schema":"s","Relation Name":"a","Plan Rows":1}]}""");

        assertThat(plan.findings(List.of(new TableFacts("s.a", 10_000, 9_000), new TableFacts("s.b", -1, 0))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.evidence()).contains("9000 of about 10000 rows changed");
                    assertThat(finding.advice()).isEqualTo("ANALYZE s.a");
                });
        assertThat(plan.analyzed()).isFalse();
    }

    @Test
    void whatHasNoPlanIsNoPlan() throws Exception {
        assertThat(Plan.of(JSON.readTree("[\"Utility Statement\"]"))).isEmpty();
    }

    private static Plan plan(String node) throws Exception {
        JsonNode explained = JSON.readTree("[{\"Plan\":" + node + "}]");
        return Plan.of(explained).orElseThrow();
    }
}
