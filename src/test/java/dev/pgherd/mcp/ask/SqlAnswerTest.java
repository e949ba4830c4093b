package dev.pgherd.mcp.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlAnswerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```sql\nSELECT 1\n```",
                "```\nSELECT 1\n```",
                "Here it is:\n\n```sql\r\nSELECT 1\r\n```\nThis counts.",
                "  SELECT 1  ",
                "<think>```sql\nSELECT 2\n``` no</think>```sql\nSELECT 1\n```",
                "```sql\nSELECT 1\n```\nor the same again\n```sql\nSELECT 1\n```"
            })
    void aStatementIsFoundHoweverItIsWrapped(String text) {
        assertThat(SqlAnswer.of(text)).isEqualTo(new SqlAnswer.Sql("SELECT 1"));
    }

    @Test
    void whatIsNotOneStatementIsNone() {
        assertThat(SqlAnswer.of("```sql\nSELECT 1\n```\n```sql\nSELECT 2\n```")).isEqualTo(new SqlAnswer.Several(2));
        assertThat(SqlAnswer.of("I would have to think.")).isEqualTo(new SqlAnswer.Nothing());
        assertThat(SqlAnswer.of("")).isEqualTo(new SqlAnswer.Nothing());
        assertThat(SqlAnswer.of("CANNOT: there are no prices"))
                .isEqualTo(new SqlAnswer.Declined("there are no prices"));
        assertThat(SqlAnswer.of("```\nCANNOT: no prices\n```")).isEqualTo(new SqlAnswer.Declined("no prices"));
        assertThat(SqlAnswer.of(SqlAnswer.refusal("no"))).isEqualTo(new SqlAnswer.Declined("no"));
    }

    @Test
    void onlyADatabaseThatWasOfferedCanBeChosen() {
        var offered = List.of("default/shop", "team-a/shop");

        assertThat(ChosenInstance.of("INSTANCE: team-a/shop", offered)).hasValue("team-a/shop");
        assertThat(ChosenInstance.of("I think\n**INSTANCE:** `default/shop`", offered))
                .hasValue("default/shop");
        assertThat(ChosenInstance.of("INSTANCE: kube-system/secrets", offered)).isEmpty();
        assertThat(ChosenInstance.of("CANNOT: none", offered)).isEmpty();
    }
}
