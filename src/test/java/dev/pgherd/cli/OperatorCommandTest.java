package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class OperatorCommandTest {

    @ParameterizedTest
    @CsvSource({
        "--namespaces=Team A, PGHERD_NAMESPACES is 'Team A'",
        "--selector=a b, PGHERD_LABEL_SELECTOR is 'a b'",
        "--leader-election=maybe, PGHERD_LEADER_ELECTION is 'maybe'"
    })
    void anOptionThatCannotBeMeantIsNamedBeforeAnythingStarts(String option, String message) {
        // Given
        var errors = new StringWriter();
        var command = new CommandLine(new OperatorCommand())
                .setErr(new PrintWriter(errors, true))
                .setExecutionExceptionHandler(new FailureMessages());

        // When
        var code = command.execute(option);

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(errors.toString()).contains(message);
    }
}
