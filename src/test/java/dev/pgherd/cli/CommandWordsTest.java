package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandWordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Argument 'phase' must be one of A, B. | --status must be one of A, B.",
                "Argument 'instance' must be a name. | INSTANCE must be a name.",
                "Argument 'max_rows' must be 1. | --max-rows must be 1.",
                "None is there; list_postgres_instances shows all. | None is there; pgherd instances list shows all.",
                "query reads. Use the execute tool to write. | query reads. Use psql to write.",
                "It is not there; search_objects finds it. | It is not there.",
                "It fails. Correct it with update_postgres_instance. | It fails. Correct it with kubectl edit pgi."
            })
    void aMessageSpeaksOfCommandsAndOptions(String message, String told) {
        assertThat(CommandWords.of(message)).isEqualTo(told);
    }
}
