package dev.pgherd.mcp.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.InstanceKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceAddressTest {

    private static final InstanceKey SHOP = new InstanceKey("team-a", "shop");

    @Test
    void anInstanceItsSchemasTheirTablesAndEachTableHaveOne() {
        assertThat(ResourceAddress.parse("postgres://team-a/shop")).contains(new ResourceAddress.State(SHOP));
        assertThat(ResourceAddress.parse("postgres://team-a/shop/schemas")).contains(new ResourceAddress.Schemas(SHOP));
        assertThat(ResourceAddress.parse("postgres://team-a/shop/schemas/tables"))
                .contains(new ResourceAddress.Tables(SHOP, "schemas"));
        assertThat(ResourceAddress.parse("postgres://team-a/shop/sales/orders"))
                .contains(new ResourceAddress.Table(SHOP, "sales", "orders"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"orders", "Order.Items", "a/b", "größe", "50%", "?#", " ", "tables", "schemas", "\"x\"", "🐘"})
    void whateverATableIsCalledItsAddressIsReadBack(String name) {
        var table = new ResourceAddress.Table(SHOP, name, name);

        assertThat(table.uri()).matches("postgres://team-a/shop/[A-Za-z0-9%._~-]+/[A-Za-z0-9%._~-]+");
        assertThat(ResourceAddress.parse(table.uri())).contains(table);
    }

    @Test
    void aTableThatIsCalledTablesIsWrittenInQuotes() {
        assertThat(new ResourceAddress.Table(SHOP, "sales", "tables").uri())
                .isEqualTo("postgres://team-a/shop/sales/%22tables%22");
    }

    @Test
    void theAddressesOfListsAreReadBack() {
        assertThat(new ResourceAddress.State(SHOP).uri()).isEqualTo("postgres://team-a/shop");
        assertThat(new ResourceAddress.Schemas(SHOP).uri()).isEqualTo("postgres://team-a/shop/schemas");
        assertThat(new ResourceAddress.Tables(SHOP, "a b").uri()).isEqualTo("postgres://team-a/shop/a%20b/tables");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "postgres://",
                "postgres://team-a",
                "postgres://team-a/",
                "postgres:///shop",
                "postgres://team-a/shop/",
                "postgres://team-a/shop/tables",
                "postgres://team-a/shop/sales/",
                "postgres://team-a/shop/sales/orders/id",
                "postgres://team-a/shop?x=1",
                "postgres://team-a/shop#x",
                "postgres://team-a/shop/sales/%4",
                "postgres://team-a/shop/sales/%zz",
                "postgres://team-a/shop/sales/%ff",
                "postgres://team-a/shop/sales/%+1",
                "file:///etc/passwd",
                "Postgres://team-a/shop"
            })
    void whatNamesNothingHereIsNone(String uri) {
        assertThat(ResourceAddress.parse(uri)).isEmpty();
    }
}
