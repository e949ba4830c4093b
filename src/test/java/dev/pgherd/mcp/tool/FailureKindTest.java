package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureKindTest {

    @ParameterizedTest
    @CsvSource({
        "0, UNAVAILABLE",
        "400, INVALID",
        "403, FORBIDDEN",
        "404, NOT_FOUND",
        "409, CONFLICT",
        "418, FAILED",
        "422, INVALID",
        "429, UNAVAILABLE",
        "503, UNAVAILABLE"
    })
    void whatKubernetesAnswersIsOfAKind(int code, FailureKind kind) {
        var answer = new KubernetesClientException(
                new StatusBuilder().withCode(code).withMessage("because").build());

        assertThat(new KubernetesFailure("").describe(answer).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "42501, FORBIDDEN",
        "25006, FORBIDDEN",
        "40P01, CONFLICT",
        "53300, UNAVAILABLE",
        "08006, UNAVAILABLE",
        "42P01, FAILED",
        "57014, FAILED"
    })
    void whatPostgresqlAnswersIsOfAKind(String sqlState, FailureKind kind) {
        assertThat(SqlStateKind.of(sqlState)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "several-statements, INVALID",
        "empty, INVALID",
        "unknown-command, INVALID",
        "read-only, FORBIDDEN",
        "blocked-table, FORBIDDEN"
    })
    void aStatementThatNobodyCouldRunIsAMistakeAndOthersAreForbidden(String refusal, FailureKind kind) {
        assertThat(ToolResult.Failure.refused("", refusal).kind()).isEqualTo(kind);
    }

    @Test
    void aWrongArgumentIsAMistakeAndOneCallTooManyIsLimited() {
        assertThat(ToolFailedException.argument("name", "short").result().kind())
                .isEqualTo(FailureKind.INVALID);
        assertThat(ToolResult.Failure.limited("", Duration.ofSeconds(1)).kind()).isEqualTo(FailureKind.LIMITED);
    }
}
