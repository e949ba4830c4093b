package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientCapabilitiesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | false | false | false",
                "{\"elicitation\":{}} | true | false | false",
                "{\"elicitation\":{\"form\":{},\"url\":{}},\"roots\":{}} | true | false | true",
                "{\"elicitation\":{\"url\":{}},\"sampling\":{}} | false | true | false",
                "{\"elicitation\":true,\"sampling\":[],\"roots\":1} | false | false | false"
            })
    void whatAClientCanBeAskedIsWhatItSays(String declared, boolean elicits, boolean samples, boolean roots)
            throws Exception {
        var capabilities = ClientCapabilities.of(JSON.readTree(declared));

        assertThat(capabilities).isEqualTo(new ClientCapabilities(elicits, samples, roots));
        assertThat(capabilities.allow("elicitation/create")).isEqualTo(elicits);
        assertThat(capabilities.allow("sampling/createMessage")).isEqualTo(samples);
        assertThat(capabilities.allow("roots/list")).isEqualTo(roots);
    }

    @Test
    void nothingElseThatAClientSaysIsKept() throws Exception {
        var much = JSON.readTree("{\"sampling\":{\"x\":\"%s\"},\"y\":[1,2,3]}".formatted("x".repeat(1_000)));

        assertThat(ClientCapabilities.of(much)).isEqualTo(ClientCapabilities.of(JSON.readTree("{\"sampling\":{}}")));
    }
}
