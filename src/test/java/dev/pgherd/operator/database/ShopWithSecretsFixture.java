package dev.pgherd.operator.database;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;

/** A shop of whose tables agents are to see some, made anew for each test. */
abstract class ShopWithSecretsFixture extends AgentRolesFixture {

    static final String BLOCKED = "agentAccess: {blocked: {tables: [public.secrets], columns: ['*.ssn'],"
            + " functions: [pg_catalog.pg_sleep]}}";

    @BeforeEach
    void aShopWithSecrets() throws SQLException {
        access("agentAccess: {}");
        server.run(OWNER, "app", "DROP SCHEMA IF EXISTS back CASCADE; DROP OWNED BY app CASCADE");
        // What the owner dropped with the tables is given again where the rules change.
        access("agentAccess: {schemas: [public]}");
        access("agentAccess: {}");
        server.run(OWNER, "app", """
                CREATE TABLE secrets (id serial PRIMARY KEY, v text);
                INSERT INTO secrets (v) VALUES ('the launch code');
                CREATE TABLE users (id int PRIMARY KEY, ssn text, name text,
                                    upper_ssn text GENERATED ALWAYS AS (upper(ssn)) STORED);
                INSERT INTO users VALUES (1, '111-11', 'Ada');
                CREATE VIEW names AS SELECT id, name FROM users;
                CREATE VIEW whole AS SELECT id, row_to_json(u) AS everything FROM users u;
                CREATE VIEW shown AS SELECT v FROM secrets;
                CREATE VIEW shown_again AS SELECT * FROM shown;
                CREATE MATERIALIZED VIEW copied AS SELECT ssn AS x FROM users;
                CREATE FUNCTION leak() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT v FROM public.secrets';
                CREATE SCHEMA back;
                CREATE TABLE back.t (id int)""");
    }
}
