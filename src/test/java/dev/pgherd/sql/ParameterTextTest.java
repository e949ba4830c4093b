package dev.pgherd.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterTextTest {

    @ParameterizedTest
    @CsvSource({
        "12345678901234567.89, 12345678901234567.89",
        "0.12345678901234567890123, 0.12345678901234567890123",
        "1.50, 1.50",
        "5.0, 5",
        "-0.0, 0",
        "1e3, 1000",
        "1e-7, 0.0000001",
    })
    void aNumberKeepsItsDigits(BigDecimal number, String text) {
        assertThat(ParameterText.of(number)).isEqualTo(text);
    }

    @Test
    void aNumberThatADoubleCannotHoldIsWrittenOut() {
        assertThat(ParameterText.of(new BigDecimal("1e400"))).isEqualTo("1" + "0".repeat(400));
    }

    @ParameterizedTest
    @CsvSource({"1e2000000000, 1E+2000000000", "1e-2000000000, 1E-2000000000"})
    void aHugeExponentIsNotSpelledOut(BigDecimal number, String text) {
        assertThat(ParameterText.of(number)).isEqualTo(text);
    }

    @Test
    void numbersInDocumentsStayAsTheyAre() {
        assertThat(ParameterText.of(Map.of("n", new BigDecimal("12345678901234567.890"))))
                .isEqualTo("{\"n\":12345678901234567.890}");
    }
}
