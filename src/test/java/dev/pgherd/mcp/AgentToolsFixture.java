package dev.pgherd.mcp;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The tools on one instance for the tests of a class, whose agents may do everything at first. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AgentToolsFixture {

    AgentTools tools;

    @BeforeAll
    void start(@TempDir Path directory) {
        tools = new AgentTools(directory);
        tools.follow("{}");
    }

    @AfterAll
    void stop() {
        tools.close();
    }
}
