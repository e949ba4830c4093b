package dev.pgherd.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pgherd.sql.guard.Policy;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an instance's rules keep, by name alone. */
class VisibilityTest {

    private static final List<String> FIELDS = List.of(
            "oid",
            "schema",
            "name",
            "reference",
            "kind",
            "rows",
            "bytes",
            "partitions",
            "parent",
            "extension",
            "comment");

    private final Visibility rules = new Visibility(policy(
            List.of(),
            List.of("public.vault", "public.a.b"),
            List.of("users.ssn", "hr.staff.pay", "*.pin"),
            List.of()));

    @Test
    void tablesAreKeptByTheirWholeName() {
        assertThat(rules.showsTable("public", "vault")).isFalse();
        assertThat(rules.showsTable("other", "vault")).isTrue();
        assertThat(rules.showsTable("public", "a.b")).isFalse();
        assertThat(rules.showsTable("public", "Vault")).isTrue();
    }

    @Test
    void columnsAreKeptInTheTablesThatARuleNames() {
        assertThat(rules.showsColumn("any", "users", "ssn")).isFalse();
        assertThat(rules.showsColumn("any", "users", "name")).isTrue();
        assertThat(rules.showsColumn("hr", "staff", "pay")).isFalse();
        assertThat(rules.showsColumn("it", "staff", "pay")).isTrue();
        assertThat(rules.showsColumn("x", "y", "pin")).isFalse();
    }

    @Test
    void whatUsesAKeptColumnOrTheWholeRowWithOneIsKept() {
        assertThat(rules.showsColumns("public", "users", List.of("id", "name"))).isTrue();
        assertThat(rules.showsColumns("public", "users", List.of("id", "ssn"))).isFalse();
        assertThat(rules.showsColumns("public", "users", List.of(""))).isFalse();
        assertThat(new Visibility(Policy.OPEN).showsColumns("public", "users", List.of("")))
                .isTrue();
    }

    @Test
    void aTextThatNamesAKeptTableIsNotShown() {
        assertThat(rules.text("see the Vault!")).isEmpty();
        assertThat(rules.text("vaults, vault_id, myvault")).isEqualTo("vaults, vault_id, myvault");
        assertThat(new Visibility(Policy.OPEN).text("vault")).isEqualTo("vault");
    }

    @Test
    void aCommentThatNamesAKeptColumnIsNotShown() {
        assertThat(rules.comment("as the SSN")).isEmpty();
        assertThat(rules.comment("pins are kept")).isEqualTo("pins are kept");
        assertThat(rules.text("(pin > 0)")).isEqualTo("(pin > 0)");
    }

    @Test
    void aDefinitionThatNamesAnotherSchemaOrAKeptFunctionIsNotShown() {
        var few = new Visibility(policy(List.of("a", "b c"), List.of(), List.of(), List.of("a.open")));

        assertThat(few.text("CHECK ((a.f(x) > 1.5) AND (\"b c\".g() = pg_catalog.now()))"))
                .isNotEmpty();
        assertThat(few.text("CHECK (other.f(x))")).isEmpty();
        assertThat(few.text("CHECK (\"b d\".f(x))")).isEmpty();
        assertThat(few.text("DEFAULT open(1)")).isEmpty();
        assertThat(few.type("other.mood[]")).isEqualTo(Visibility.UNTOLD);
        assertThat(few.type("numeric(10,2)")).isEqualTo("numeric(10,2)");
    }

    @Test
    void functionsAreKeptByNameSchemaAndByTheTablesInTheirSignature() {
        var few = new Visibility(policy(List.of("a"), List.of("a.vault"), List.of(), List.of("a.open")));

        assertThat(few.showsRoutine(routine("a", "f", "x integer", "integer"))).isTrue();
        assertThat(few.showsRoutine(routine("b", "f", "", "integer"))).isFalse();
        assertThat(few.showsRoutine(routine("a", "open", "", "integer"))).isFalse();
        assertThat(few.showsRoutine(routine("a", "f", "x vault[]", "integer"))).isFalse();
        assertThat(few.showsRoutine(routine("a", "f", "", "SETOF a.vault"))).isFalse();
    }

    @Test
    void partitionsOfAKeptTableAreKeptAndThoseOfATableThatNobodySeesStandAlone() {
        var overview = OverviewRows.of(
                List.of(),
                List.of(
                        row(1, "vault", "p", 0),
                        row(2, "vault_1", "p", 1),
                        row(3, "vault_1_1", "r", 2),
                        row(4, "events", "p", 0),
                        row(5, "events_1", "r", 4),
                        row(6, "orphan", "r", 99)),
                rules);

        assertThat(overview.relations()).extracting(Relation::name).containsExactly("events", "events_1", "orphan");
        assertThat(overview.relations()).extracting(Relation::parent).containsExactly(0L, 4L, 0L);
    }

    private static CatalogRow row(long oid, String name, String kind, long parent) {
        var cells = new ObjectMapper().createArrayNode();
        cells.add(oid).add("public").add(name).add("public." + name).add(kind);
        cells.addNull().addNull().add(0).add(parent).add("").add("");
        var places = IntStream.range(0, FIELDS.size())
                .boxed()
                .collect(java.util.stream.Collectors.toMap(FIELDS::get, place -> place));
        return new CatalogRow(Map.copyOf(places), cells);
    }

    private static Routine routine(String schema, String name, String arguments, String result) {
        return new Routine(schema, name, "function", arguments, result, "", "");
    }

    private static Policy policy(
            List<String> schemas, List<String> tables, List<String> columns, List<String> functions) {
        return new Policy(true, true, true, schemas, tables, columns, functions);
    }
}
