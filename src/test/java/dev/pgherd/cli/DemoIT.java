package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {

    @TempDir
    private Path directory;

    @Test
    void theDemoShowsTheWholePathAndCleansUp() throws Exception {
        try (var demo = Program.start(directory, "demo")) {
            // When
            var exit = demo.awaitExit();

            // Then
            assertThat(exit).describedAs(demo.output()).isZero();
            assertThat(demo.output())
                    .contains("quickstart runs PostgreSQL 17.", "create_postgres_instance", "Lisbon", "231800")
                    .contains("everything that was started is stopped again");
            assertThat(ProcessHandle.of(demo.pid())).isEmpty();
        }
    }
}
