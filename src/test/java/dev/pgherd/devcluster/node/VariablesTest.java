package dev.pgherd.devcluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesTest {

    @ParameterizedTest
    @CsvSource({
        "$(A)/data, one/data",
        "$(UNKNOWN), $(UNKNOWN)",
        "$$(A), $(A)",
        "$A costs $$5, $A costs $5",
        "$(A)$(B), onetwo$",
    })
    void expandsAsTheKubeletDoes(String text, String expanded) {
        assertThat(Variables.expand(text, Map.of("A", "one", "B", "two$"))).isEqualTo(expanded);
    }
}
