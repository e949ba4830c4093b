package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is kept from agents is not told of either, not even where something else belongs to it. */
class SchemaBoundaryToolsTest extends AgentToolsFixture {

    private static final String KEPT = "agentAccess: {blocked: {tables: [public.vault], columns: [users.ssn, '*.pin'],"
            + " functions: [public.open_it]}}";
    private static final String ONE_SCHEMA = "agentAccess: {schemas: [sales]}";

    @BeforeAll
    void fill() throws Exception {
        tools.server().run("postgres", "app", "CREATE SCHEMA sales AUTHORIZATION app");
        tools.server().run("app", "app", """
                CREATE TABLE vault (id serial PRIMARY KEY, content text);
                COMMENT ON TABLE vault IS 'the treasure';
                CREATE TABLE users (id int PRIMARY KEY, email text, ssn text, pin int,
                  vault_id int REFERENCES vault, number int DEFAULT nextval('vault_id_seq'),
                  last_four text GENERATED ALWAYS AS (right(ssn, 4)) STORED,
                  CONSTRAINT ssn_is_there CHECK (ssn <> ''), CONSTRAINT whole CHECK (users IS NOT NULL), UNIQUE (ssn));
                COMMENT ON TABLE users IS 'see also the Vault.';
                COMMENT ON COLUMN users.email IS 'kept in vault, too';
                COMMENT ON COLUMN users.ssn IS 'the number';
                CREATE INDEX users_expression ON users (lower(ssn));
                CREATE INDEX users_partial ON users (email) WHERE ssn IS NOT NULL;
                CREATE INDEX users_email ON users (email);
                ALTER TABLE vault ADD COLUMN owner_id int REFERENCES users;
                CREATE TABLE logins (id int, user_number text REFERENCES users (ssn));
                CREATE TABLE sales.orders (id int, user_id int REFERENCES users);
                CREATE VIEW shows_vault AS SELECT content FROM vault;
                CREATE TABLE parts (id int, pin int) PARTITION BY LIST (pin);
                CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (4711);
                CREATE FUNCTION open_it() RETURNS int LANGUAGE sql AS 'SELECT 1';
                CREATE FUNCTION rows_of_it() RETURNS SETOF vault LANGUAGE sql AS 'SELECT * FROM vault';
                CREATE FUNCTION takes_it(x vault[]) RETURNS int LANGUAGE sql AS 'SELECT 1';
                CREATE FUNCTION harmless() RETURNS int LANGUAGE sql AS 'SELECT 1';
                CREATE TABLE typed (id int CHECK (id <> open_it()), treasure vault[], CHECK (id::text <> 'vault'));
                COMMENT ON COLUMN typed.id IS 'as the ssn';
                CREATE SCHEMA elsewhere;
                CREATE TYPE elsewhere.mood AS ENUM ('of another schema');
                CREATE FUNCTION elsewhere.twice(int) RETURNS int LANGUAGE sql AS 'SELECT 2 * $1';
                ALTER TABLE sales.orders ADD feels elsewhere.mood, ADD number int DEFAULT elsewhere.twice(1),
                  ADD CHECK (elsewhere.twice(id) > 0);
                COMMENT ON COLUMN sales.orders.id IS 'see elsewhere.twice';
                """);
    }

    @Test
    void withoutRulesAllOfItIsTold() {
        tools.follow("{}");

        assertThat(everything())
                .contains("vault", "ssn", "last_four", "pin", "the treasure", "users_expression", "4711", "open_it")
                .contains("shows_vault", "rows_of_it", "takes_it", "nextval('vault_id_seq'", "ssn_is_there", "whole")
                .contains("logins_user_number_fkey");
    }

    @Test
    void whereTheRolesKeepItNothingNamesIt() {
        tools.follow(KEPT);

        nothingIsTold();
    }

    /** There, the rules are all that there is: the one user may read everything. */
    @Test
    void whereOnlyTheRulesKeepItNothingNamesItEither() {
        tools.followElsewhere(KEPT);

        var told = everything();

        assertThat(told)
                .doesNotContain(
                        "ssn", "the treasure", "users_expression", "users_partial", "4711", "open_it", "rows_of_it")
                .doesNotContain("takes_it", "whole", "nextval")
                .doesNotContainPattern("(?i)\\b(vault|pin|logins_user_number_fkey)\\b")
                .contains("email", "users_email", "harmless", "public.logins", "sales.orders");
    }

    @Test
    void outsideOfItsSchemasAnAgentIsToldNothing() {
        for (var elsewhere : List.of(false, true)) {
            if (elsewhere) {
                tools.followElsewhere(ONE_SCHEMA);
            } else {
                tools.follow(ONE_SCHEMA);
            }
            assertThat(everything())
                    .contains("sales.orders", "user_id", "feels", "(not shown)")
                    .doesNotContain("public", "users", "harmless", "email", "elsewhere", "of another schema");
        }
    }

    @Test
    void whereAgentsHaveNoAccessThereIsNothingFromMemory() {
        tools.follow("{}");
        everything();
        tools.follow("agentAccess: {mode: Disabled}");

        assertThat(tools.caller().fail("list_tables", Map.of("instance", "shop")))
                .contains("no access", "Disabled");
    }

    private void nothingIsTold() {
        assertThat(everything())
                .doesNotContain(
                        "ssn", "the treasure", "users_expression", "users_partial", "last_four", "4711", "open_it")
                .doesNotContain("shows_vault", "rows_of_it", "takes_it", "whole", "nextval")
                .doesNotContainPattern("(?i)\\b(vault|pin|logins_user_number_fkey)\\b")
                .contains("email", "users_email", "harmless", "public.logins", "sales.orders");
    }

    /** All that the tools say of whatever can be found. */
    private String everything() {
        var told = new ArrayList<String>();
        told.add(ask("list_schemas", Map.of("instance", "shop", "fresh", true)));
        told.add(ask("search_objects", Map.of("instance", "shop", "pattern", "*", "fresh", true)));
        var tables = tools.caller().ask("list_tables", Map.of("instance", "shop", "fresh", true));
        told.add(tables.structured() + tables.text());
        tables.structured().path("tables").forEach(table -> {
            var name = table.path("schema").asText() + "." + table.path("name").asText();
            told.add(ask("describe_table", Map.of("instance", "shop", "table", name)));
            told.add(ask("list_tables", Map.of("instance", "shop", "partitions_of", name)));
        });
        for (var name : List.of("parts_1", "vault", "vaults")) {
            told.add(tools.caller()
                    .call("describe_table", Map.of("instance", "shop", "table", name))
                    .toString()
                    .replace("'" + name + "'", ""));
        }
        return String.join("\n", told);
    }

    private String ask(String tool, Map<String, Object> arguments) {
        var answer = tools.caller().ask(tool, arguments);
        return answer.structured() + answer.text();
    }
}
