package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.config.McpConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

    private static final Vocabulary FEW = Vocabulary.ofAgents(List.of("query", "get_postgres_instance"));

    private final Vocabulary ofPrograms =
            new Vocabulary(Map.of("execute", "POST .../execute"), name -> "Field '%s'".formatted(name));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "There is no instance 'x'. The nearest names are: a, b; list_postgres_instances shows all.",
                "PostgreSQL refused it: relation \"top_queries\" is missing. search_objects finds the name.",
                "Two lines; here.\nUse the execute tool to write."
            })
    void whatAgentsMayCallIsAdvisedAsItIs(String message) {
        assertThat(Vocabulary.ofAgents(McpConfig.TOOLS).told(message)).isEqualTo(message);
    }

    @Test
    void whatIsNotOfferedIsNotAdvised() {
        assertThat(FEW.told("The nearest names are: a, b; list_postgres_instances shows all."))
                .isEqualTo("The nearest names are: a, b.");
        assertThat(FEW.told("That would delete it now; use drop_postgres_instance. Nothing was changed."))
                .isEqualTo("That would delete it now. Nothing was changed.");
        assertThat(FEW.told("None is there; list_postgres_instances shows all; the query tool runs it."))
                .isEqualTo("None is there; the query tool runs it.");
        assertThat(FEW.told("query only reads. Use the execute tool to write.\nget_postgres_instance shows it."))
                .isEqualTo("query only reads. get_postgres_instance shows it.");
    }

    @Test
    void whatSomebodyElseCalledSoStays() {
        var message = "It isn't there: relation \"list_tables\", agents' column 'search_objects' and 'the ask tool'.";

        assertThat(FEW.told(message)).isEqualTo(message);
    }

    @Test
    void aMessageThatIsNothingButAdviceStays() {
        assertThat(FEW.told("This PgHerd does not offer list_schemas.")).contains("list_schemas");
    }

    @Test
    void toolsAndArgumentsHaveTheNamesOfWhereTheyAreCalled() {
        assertThat(ofPrograms.told("query only reads; use the execute tool to write."))
                .isEqualTo("query only reads; use POST .../execute to write.");
        assertThat(ofPrograms.told("Argument 'max_rows' must be a whole number from 1 to 9."))
                .isEqualTo("Field 'max_rows' must be a whole number from 1 to 9.");
        assertThat(ofPrograms.told("PostgreSQL said: Argument 'max_rows' it is."))
                .contains("Argument 'max_rows'");
    }

    @Test
    void aFailureKeepsWhatElseItTells() {
        var failure = ToolResult.Failure.refused("Not run. Use the execute tool to write.", "read-only");

        var told = FEW.told(failure);

        assertThat(told).isEqualTo(failure.saying("Not run."));
        assertThat(told.refusal()).isEqualTo("read-only");
        assertThat(told.kind()).isEqualTo(FailureKind.FORBIDDEN);
    }
}
