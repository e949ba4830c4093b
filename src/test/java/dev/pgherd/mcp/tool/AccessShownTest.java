package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessShownTest {

    @Test
    void itIsToldInTheWordsOfTheSpec() {
        var shown =
                shown("{allowDDL: false, schemas: [public], blocked: {columns: ['*.ssn']}, requireApproval: [Write]}");

        assertThat(shown.json())
                .hasToString("{\"mode\":\"ReadWrite\",\"allowDDL\":false,\"schemas\":[\"public\"],"
                        + "\"blocked\":{\"columns\":[\"*.ssn\"]},\"allowExplain\":true,\"requireApproval\":[\"Write\"],"
                        + "\"boundary\":\"login roles inside the database\"}");
        assertThat(shown.line())
                .isEqualTo(
                        "agentAccess: mode ReadWrite, allowDDL false, allowExplain true, schemas public, blocked *.ssn,"
                                + " requireApproval Write");
    }

    @ParameterizedTest
    @CsvSource({"{}, true", "{mode: ReadWrite}, true", "{mode: ReadOnly}, false", "{mode: Disabled}, false"})
    void whatTheSpecLeavesOutIsToldAsItHolds(String spec, boolean defines) {
        assertThat(shown(spec).json().path("allowDDL").asBoolean()).isEqualTo(defines);
        assertThat(shown(spec).json().has("blocked")).isFalse();
    }

    @Test
    void aServerThatPgHerdDoesNotRunHasAWeakerBoundary() {
        var access = Given.spec("{}").agentAccess();
        assertThat(new AccessShown(access, false).json().path("boundary").asText())
                .startsWith("weaker");
    }

    private static AccessShown shown(String access) {
        return new AccessShown(Given.spec("agentAccess: " + access).agentAccess(), true);
    }
}
