package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.schema.Overview;
import dev.pgherd.schema.Relation;
import dev.pgherd.schema.RelationKind;
import dev.pgherd.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How names are read, found, compared and paged, without a database. */
class SchemaNamesTest {

    @ParameterizedTest
    @CsvSource({
        "user, user, 0",
        "user, USERS, 1",
        "user, app_user, 2",
        "user, order, -1",
        "*_id, user_id, 0",
        "*_id, user_ids, -1",
        "u*r%_id, user_id, 0",
        "*, anything, 0",
        "u*, order, -1",
        "_, a_b, 2",
    })
    void aPatternRanksTheNamesThatItFits(String pattern, String name, int rank) {
        assertThat(new NamePattern(pattern).rank(name).orElse(-1)).isEqualTo(rank);
    }

    @Test
    void aPatternWithADotFitsNamesWithWhatTheyBelongTo() {
        assertThat(new NamePattern("orders.id").rank("id", "orders", "sales")).hasValue(0);
        assertThat(new NamePattern("sales.*").rank("id", "orders", "sales")).hasValue(0);
        assertThat(new NamePattern("orders").rank("id", "orders")).isEmpty();
    }

    @Test
    void aReferenceMeansWhatItWasGivenFor() {
        var finder = new TableFinder(new Overview(
                List.of(new Schema("other", ""), new Schema("public", "")),
                List.of(relation("other", "dup", "other.dup"), relation("public", "other.dup", "public.\"other.dup\"")),
                true));

        assertThat(finder.find("other.dup").orElseThrow().schema()).isEqualTo("other");
        assertThat(finder.find("public.\"other.dup\"").orElseThrow().schema()).isEqualTo("public");
    }

    private static Relation relation(String schema, String name, String reference) {
        return new Relation(1, schema, name, reference, RelationKind.TABLE, null, null, 0, 0, "", "");
    }

    @Test
    void manyWildcardsCostLittle() {
        assertThat(new NamePattern("*a".repeat(100) + "b").rank("a".repeat(120)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "orders | orders | true",
                "Orders | orders | true",
                "Orders | Orders | false",
                "\"Orders\" | Orders | true",
                "sales.orders | orders | true",
                "shop.orders | orders | false",
                "\"sales\".\"a\"\"b.c\" | a\"b.c | true",
            })
    void namesMeanWhatTheyMeanInSql(String text, String name, boolean means) {
        assertThat(SqlName.of(text).orElseThrow().means("sales", name)).isEqualTo(means);
    }

    @ParameterizedTest
    @CsvSource({"a b", "a.b.c", "a.", "'\"a'", "a;b c"})
    void whatIsNoNameIsNone(String text) {
        assertThat(SqlName.of(text)).isEmpty();
    }

    @Test
    void theNearestNamesComeFirst() {
        assertThat(NearestNames.of("custmer", List.of("orders", "customers", "customer", "x"), name -> name))
                .startsWith("customer", "customers");
        assertThat(NearestNames.of("order", List.of("brder", "line_orders_archive"), name -> name))
                .containsExactly("brder", "line_orders_archive");
    }

    @Test
    void aTableIsTheOneWithExactlyThatNameBeforeOthersWithTheSameLetters() {
        var finder = new TableFinder(overview("a.Orders", "a.orders", "b.line", "c.Line", "d.x"));

        assertThat(finder.find("orders"))
                .hasValueSatisfying(table -> assertThat(table.name()).isEqualTo("orders"));
        assertThat(finder.find("Orders"))
                .hasValueSatisfying(table -> assertThat(table.name()).isEqualTo("Orders"));
        assertThat(finder.find("C.LINE"))
                .hasValueSatisfying(table -> assertThat(table.name()).isEqualTo("Line"));
        assertThat(finder.find("nothing")).isEmpty();
    }

    @Test
    void pagesEndAtTheirNumberOfItemsOrBytesAndTogetherAreAll() {
        var all = IntStream.range(0, 100).mapToObj("item %03d"::formatted).toList();
        for (var bounds : List.of(new int[] {7, 100_000}, new int[] {500, 100}, new int[] {500, 1})) {
            var seen = new ArrayList<String>();
            var cursor = Optional.<String>empty();
            do {
                var page = Page.of(
                        all,
                        item -> item,
                        new Page.Bounds("things", cursor, bounds[0], bounds[1]),
                        item -> JsonNodeFactory.instance.objectNode().put("name", item));
                assertThat(page.items()).isNotEmpty().hasSizeLessThanOrEqualTo(bounds[0]);
                seen.addAll(page.items());
                cursor = page.next();
            } while (cursor.isPresent());
            assertThat(seen).isEqualTo(all);
        }
    }

    @Test
    void theCursorOfAnotherListIsRefused() {
        var first = page("one", Optional.empty());

        assertThat(page("one", first.next()).items()).containsExactly("b");
        assertThatThrownBy(() -> page("other", first.next())).isInstanceOf(ToolFailedException.class);
        assertThatThrownBy(() -> page("one", Optional.of("%"))).isInstanceOf(ToolFailedException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1536, 1.5 KiB", "1073741824, 1.0 GiB"})
    void sizesAreSaidAsPeopleSayThem(long bytes, String text) {
        assertThat(Bytes.text(bytes)).isEqualTo(text);
    }

    private static Page<String> page(String kind, Optional<String> cursor) {
        return Page.of(
                List.of("a", "b"),
                item -> item,
                new Page.Bounds(kind, cursor, 1, 1000),
                item -> JsonNodeFactory.instance.objectNode());
    }

    private static Overview overview(String... names) {
        var tables = Stream.of(names)
                .map(name -> name.split("\\."))
                .map(name -> new Relation(
                        name[1].hashCode(),
                        name[0],
                        name[1],
                        name[0] + "." + name[1],
                        RelationKind.TABLE,
                        null,
                        null,
                        0,
                        0,
                        "",
                        ""))
                .toList();
        return new Overview(List.of(new Schema("a", "")), tables, true);
    }
}
