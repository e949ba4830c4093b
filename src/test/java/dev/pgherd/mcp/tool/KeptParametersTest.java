package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeptParametersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session_replication_role",
                "search_path",
                "row_security",
                "event_triggers",
                "fsync",
                "full_page_writes",
                "zero_damaged_pages",
                "ignore_checksum_failure",
                "default_transaction_read_only",
                "log_directory",
                "krb_server_keyfile"
            })
    void whatDecidesAboutEverybodysSafetyIsForPeople(String name) {
        assertThatThrownBy(() -> KeptParameters.requireOpen(name, "", "x"))
                .isInstanceOf(ToolFailedException.class)
                .hasMessageContaining(name + " is not for agents");
    }

    @ParameterizedTest
    @ValueSource(strings = {"work_mem", "max_connections", "log_statement", "auto_explain.log_min_duration"})
    void whatTunesAServerIsOpen(String name) {
        assertThatCode(() -> KeptParameters.requireOpen(name, "", "1")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'pg_stat_statements'",
        "'pg_stat_statements', ''",
        "'timescaledb', 'timescaledb,pg_stat_statements'",
        "'a, pg_stat_statements, b', 'a,b'",
    })
    void theLibraryOfTheStatisticsComesAndGoes(String before, String after) {
        assertThatCode(() -> KeptParameters.requireOpen("shared_preload_libraries", before, after))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"'', 'x'", "'timescaledb', 'pg_stat_statements'", "'a', ''", "'', 'pg_stat_statements,x'"})
    void otherLibrariesStayAsTheyAre(String before, String after) {
        assertThatThrownBy(() -> KeptParameters.requireOpen("shared_preload_libraries", before, after))
                .hasMessageContaining("shared_preload_libraries, but for pg_stat_statements");
    }
}
