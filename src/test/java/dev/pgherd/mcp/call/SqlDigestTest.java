package dev.pgherd.mcp.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlDigestTest {

    @ParameterizedTest
    @CsvSource({
        "select 1, SELECT",
        "' \n-- DROP TABLE t\n/* or ; that */ Insert INTO t', INSERT",
        "'((SELECT 1) UNION (SELECT 2))', SELECT",
        "secretword 1, OTHER",
        "'-- only a comment', OTHER",
        "'/* never closed', OTHER",
        "1, OTHER",
    })
    void theKindIsTheFirstWordWhenItIsAKnownOne(String sql, String kind) {
        assertThat(SqlDigest.of(sql).kind()).isEqualTo(kind);
    }

    @Test
    void theHashTellsStatementsApartWithoutShowingThem() {
        // When
        var hash = SqlDigest.of("SELECT 'secret'").hash();

        // Then
        assertThat(hash)
                .hasSize(12)
                .isEqualTo(SqlDigest.of("SELECT 'secret'").hash())
                .isNotEqualTo(SqlDigest.of("SELECT 'other'").hash());
    }

    @Test
    void aLongOddStatementIsJudgedAtOnce() {
        assertThat(SqlDigest.of("(/*".repeat(200_000)).kind()).isEqualTo("OTHER");
    }
}
