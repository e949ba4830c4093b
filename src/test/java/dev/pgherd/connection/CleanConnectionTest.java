package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlOutcome;
import dev.pgherd.sql.SqlRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CleanConnectionTest extends RegistryFixture {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT set_config('search_path', 'evil', false)",
                "SELECT pg_advisory_lock(42)",
                "SELECT set_config('role', 'none', false)",
                "SELECT set_config('statement_timeout', '1', false)",
                "SELECT prepare_something()",
                "SELECT hold_a_cursor()",
                "SELECT listen_to_something()",
                "SELECT make_a_temporary_table()",
            })
    void leavesNothingForTheNextCaller(String sql) throws Exception {
        // Given
        database.asOwner(
                "CREATE OR REPLACE FUNCTION prepare_something() RETURNS int LANGUAGE plpgsql AS"
                        + " $$ BEGIN EXECUTE 'PREPARE leak AS SELECT 1'; RETURN 1; END $$",
                "CREATE OR REPLACE FUNCTION hold_a_cursor() RETURNS int LANGUAGE plpgsql AS"
                        + " $$ BEGIN EXECUTE 'DECLARE leak CURSOR WITH HOLD FOR SELECT 1'; RETURN 1; END $$",
                "CREATE OR REPLACE FUNCTION listen_to_something() RETURNS int LANGUAGE plpgsql AS"
                        + " $$ BEGIN EXECUTE 'LISTEN leak'; RETURN 1; END $$",
                "CREATE OR REPLACE FUNCTION make_a_temporary_table() RETURNS int LANGUAGE plpgsql AS"
                        + " $$ BEGIN EXECUTE 'CREATE TEMP TABLE users(leak int)'; RETURN 1; END $$");
        registry = registry(PoolSettings.defaults().withMaximumSize(1));
        registry.put(TARGET);
        var state = "SELECT pg_backend_pid(), current_setting('search_path'), current_setting('statement_timeout'),"
                + " current_user, (SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory'),"
                + " (SELECT count(*) FROM pg_prepared_statements WHERE name = 'leak'),"
                + " (SELECT count(*) FROM pg_cursors WHERE name = 'leak'),"
                + " (SELECT count(*) FROM pg_listening_channels()), to_regclass('users')::oid";
        for (var access : Access.values()) {
            var before = row(access, state);

            // When
            registry.call(
                    KEY,
                    access,
                    connection -> access == Access.READ
                            ? runner.query(connection, SqlRequest.of(sql), SqlLimits.defaults())
                            : runner.execute(connection, SqlRequest.of(sql), SqlLimits.defaults()));

            // Then
            assertThat(row(access, state)).isEqualTo(before);
        }
    }

    @Test
    void doesNotLendAConnectionAgainThatCouldNotBeCleaned() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withMaximumSize(1));
        registry.put(TARGET);
        var before = text(Access.READ, "SELECT pg_backend_pid()");

        // When
        var outcome = registry.call(
                KEY,
                Access.READ,
                connection ->
                        runner.query(connection, SqlRequest.of("SELECT repeat('x', 50000000)"), SqlLimits.defaults()));

        // Then
        assertThat(outcome).isInstanceOf(SqlOutcome.Failed.class);
        assertThat(text(Access.READ, "SELECT pg_backend_pid()")).isNotEqualTo(before);
    }

    private String row(Access access, String sql) throws InstanceUnavailableException {
        return registry.call(KEY, access, connection -> rows(connection, sql).toString());
    }
}
