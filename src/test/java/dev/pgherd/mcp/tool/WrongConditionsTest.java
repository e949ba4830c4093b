package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.v1alpha1.Condition;
import java.util.List;
import org.junit.jupiter.api.Test;

class WrongConditionsTest {

    @Test
    void whereAllIsWellThereIsNothingToSay() {
        assertThat(lines(
                        condition(Condition.READY, "True", "Ready", ""), condition(Condition.STALLED, "False", "", "")))
                .isEmpty();
    }

    @Test
    void eachCauseIsToldOnceWithAllThatItKeepsFromBeingWell() {
        assertThat(lines(
                        condition(Condition.READY, "False", "Crash", "it ends"),
                        condition(Condition.AVAILABLE, "True", "AcceptingConnections", ""),
                        condition(Condition.STORAGE_READY, "Unknown", "Pending", "no volume\nyet"),
                        condition(Condition.STALLED, "True", "Crash", "it ends")))
                .containsExactly(
                        "Ready False, Stalled True: Crash: it ends", "StorageReady Unknown: Pending: no volume yet");
    }

    private static List<String> lines(Condition... conditions) {
        return new WrongConditions(List.of(conditions)).lines();
    }

    private static Condition condition(String type, String status, String reason, String message) {
        return new Condition(type, status, reason, message, "2026-11-20T10:00:00Z", 1);
    }
}
