package dev.pgherd.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The timeouts that a connection was opened with are relied on, others are not. */
class SqlRunnerTimeoutsTest {

    private static final String TIMEOUTS = "SELECT string_agg(concat_ws(' ', setting, source), ', ' ORDER BY name)"
            + " FROM pg_settings WHERE name IN ('statement_timeout', 'lock_timeout',"
            + " 'idle_in_transaction_session_timeout')";
    private static final String STANDING = "15000 client, 5000 client, 10000 client";
    private static final String SET = "15000 session, 5000 session, 10000 session";

    private static AgentDatabase database;
    private static int version;

    private final SqlRunner runner = new SqlRunner();
    private Connection connection;

    @BeforeAll
    static void start() throws SQLException {
        database = AgentDatabase.start();
        version = Integer.parseInt(database.ask("SELECT current_setting('server_version_num')::int / 10000"));
        database.asOwner("CREATE FUNCTION meddle(name text) RETURNS text LANGUAGE sql AS"
                + " 'SELECT set_config(name, ''0'', false)'");
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = opened(SqlLimits.defaults().statementTimeout());
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void setsNothingThatHoldsAlready() throws SQLException {
        // When
        var transaction =
                version < 17 ? "15s" : query("SELECT current_setting('transaction_timeout')", SqlLimits.defaults());

        // Then
        assertThat(timeouts()).isEqualTo(STANDING);
        assertThat(transaction).isEqualTo("15s");
    }

    @Test
    void setsWhatDiffersForThisCallAlone() throws SQLException {
        // When
        var shorter = query(TIMEOUTS, SqlLimits.defaults().withStatementTimeout(Duration.ofSeconds(2)));

        // Then
        assertThat(shorter).isEqualTo("7000 session, 1000 session, 2000 session");
        assertThat(timeouts()).isEqualTo(STANDING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "search_path", "role"
            })
    void holdForTheNextCallWhateverACallerDoes(String name) throws SQLException {
        // When
        var read = runner.query(connection, SqlRequest.of("SELECT meddle($1)", name), SqlLimits.defaults());
        var afterRead = timeouts();
        var write = runner.execute(connection, SqlRequest.of("SELECT meddle($1)", name), SqlLimits.defaults());

        // Then
        assertThat(read.getClass()).isEqualTo(write.getClass());
        assertThat(afterRead).isEqualTo(STANDING);
        assertThat(timeouts()).isEqualTo(STANDING);
    }

    @Test
    void endAStatementThatTakesTooLong() throws SQLException {
        // Given
        var limits = SqlLimits.defaults().withStatementTimeout(Duration.ofMillis(300));
        reconnect(opened(limits.statementTimeout()));

        // When
        var outcome = runner.query(connection, SqlRequest.of("SELECT pg_sleep(60)"), limits);

        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        SqlOutcome.Failed.class,
                        failed -> assertThat(failed.sqlState()).isEqualTo("57014"));
    }

    @Test
    void relyOnNoDefaultOfARole() throws SQLException {
        // Given
        database.asOwner(
                "ALTER ROLE pgherd_reader SET statement_timeout = '10s'",
                "ALTER ROLE pgherd_reader SET lock_timeout = '5s'");
        reconnect(database.reader());

        // When
        var timeouts = timeouts();

        // Then
        assertThat(timeouts).isEqualTo(SET);
        database.asOwner("ALTER ROLE pgherd_reader RESET ALL");
    }

    @Test
    void relyOnNoTableThatOnlyLooksLikeTheServersSettings() throws SQLException {
        // Given
        database.asOwner(
                "CREATE TABLE evil.pg_settings AS SELECT name, '10000' AS setting, '10000' AS reset_val,"
                        + " 'client' AS source FROM pg_catalog.pg_settings",
                "CREATE FUNCTION evil.always(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
                "CREATE OPERATOR evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.always)",
                "GRANT SELECT ON evil.pg_settings TO pgherd_reader",
                "ALTER ROLE pgherd_reader SET search_path = evil, pg_catalog");
        reconnect(database.reader());

        // When
        var timeout = query(
                "SELECT source FROM pg_catalog.pg_settings WHERE name OPERATOR(pg_catalog.=) 'statement_timeout'",
                SqlLimits.defaults());

        // Then
        assertThat(timeout).isEqualTo("session");
        database.asOwner(
                "ALTER ROLE pgherd_reader RESET ALL",
                "DROP OPERATOR evil.= (text, text)",
                "DROP FUNCTION evil.always",
                "DROP TABLE evil.pg_settings");
    }

    @Test
    void areSetWhereTheServerDoesNotSayWhatHolds() throws SQLException {
        // Given
        database.asOwner("REVOKE SELECT ON pg_settings FROM PUBLIC");

        // When
        var timeout = query("SELECT current_setting('statement_timeout')", SqlLimits.defaults());

        // Then
        assertThat(timeout).isEqualTo("10s");
        database.asOwner("GRANT SELECT ON pg_settings TO PUBLIC");
        assertThat(timeouts()).isEqualTo(SET);
    }

    private static Connection opened(Duration statementTimeout) throws SQLException {
        return database.connect("pgherd_reader", ConnectionOptions.of(statementTimeout, version));
    }

    private void reconnect(Connection other) throws SQLException {
        connection.close();
        connection = other;
    }

    private String timeouts() throws SQLException {
        return query(TIMEOUTS, SqlLimits.defaults());
    }

    private String query(String sql, SqlLimits limits) throws SQLException {
        var rows = (SqlOutcome.Rows) runner.query(connection, SqlRequest.of(sql), limits);
        return rows.rows().tree().get(0).get(0).asText();
    }
}
