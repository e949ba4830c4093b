package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeLimitTest {

    @Test
    void whoAskedForLessIsToldHowMuchThereIs() {
        assertThat(advice("PT1S", "PT10S")).contains("raise timeout_seconds; up to 10 ");
    }

    @ParameterizedTest
    @CsvSource({"PT10S, PT10S, 10 s", "PT10S, PT2S, 2 s", "PT1S, PT1.5S, 1 s", "PT1S, PT0.5S, 500 ms"})
    void whoHadAllOfItIsNotToldToRaiseIt(String asked, String most, String said) {
        assertThat(advice(asked, most)).contains(said + " is the longest").doesNotContain("raise");
    }

    private static String advice(String asked, String most) {
        return new TimeLimit(Duration.parse(asked), Duration.parse(most)).advice();
    }
}
