package dev.pgherd.mcp;

import dev.pgherd.config.McpConfig;
import dev.pgherd.mcp.tool.PgTool;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** An endpoint for the tests of a class, with a tool that says what it is told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EchoFixture {

    McpFixture mcp;

    @BeforeAll
    void start() {
        mcp = new McpFixture(McpConfig.defaults(), tools());
    }

    @AfterAll
    void stop() {
        mcp.close();
    }

    List<PgTool> tools() {
        return List.of(ToolFake.echo());
    }
}
