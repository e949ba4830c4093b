package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.InstanceKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstanceAnswerTest {

    @Test
    void anErrorOfOneOfSeveralAdvisesWhatIsOffered() {
        var failed =
                InstanceAnswer.failed(new InstanceKey("default", "shop"), "No such table; search_objects finds it.");

        var told = failed.told(Vocabulary.ofAgents(List.of("query")));

        assertThat(told.error()).isEqualTo("No such table.");
        assertThat(told.key()).isEqualTo(failed.key());
    }
}
