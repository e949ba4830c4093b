package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfirmationTest {

    @Test
    void whoSitsAtATerminalIsAskedForTheName() {
        var confirmation = new Confirmation(Optional.of(question -> question.contains("team-a/shop") ? " shop " : ""));

        assertThat(confirmation.name("team-a/shop", null)).hasValue("shop");
    }

    @Test
    void whatStandsOnTheCommandLineCounts() {
        var confirmation = new Confirmation(Optional.of(question -> "never asked"));

        assertThat(confirmation.name("shop", "shop")).hasValue("shop");
    }

    @Test
    void whereNobodySitsNothingIsAssumed() {
        assertThat(Confirmation.of(Optional.empty()).name("shop", null)).isEmpty();
    }
}
