package dev.pgherd.devcluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ProbeBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeCheckTest {

    @Test
    void aShellThatOnlyRepeatsPgIsReadyIsPgIsReady() {
        assertThat(command("for i in 1 2 3; do pg_isready -q -h 127.0.0.1 -p 5432 && exit; sleep 0.2; done; exit 1"))
                .containsExactly("pg_isready", "-q", "-h", "127.0.0.1", "-p", "5432");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for i in 1 2 3; do pg_isready -q && exit; sleep 0.2; done; exit 0",
                "for i in 1 2 3; do pg_isready -q -h $(hostname) && exit; sleep 0.2; done; exit 1",
                "for i in 1 2 3; do pg_isready -q; touch /tmp/x && exit; sleep 0.2; done; exit 1",
                "pg_isready -q && test -e /tmp/x"
            })
    void anyOtherScriptIsRunAsItIs(String script) {
        assertThat(command(script)).containsExactly("sh", "-c", script);
    }

    private static List<String> command(String script) {
        return ProbeCheck.command(new ProbeBuilder()
                .withNewExec()
                .withCommand("sh", "-c", script)
                .endExec()
                .build());
    }
}
