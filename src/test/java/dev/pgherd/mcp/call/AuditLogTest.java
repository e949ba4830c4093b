package dev.pgherd.mcp.call;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.mcp.tool.ToolResult;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AuditLogTest {

    @Test
    void whatAModelWroteIsKnownAgainThoughItIsNotShown() {
        // Given
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        var logger = (Logger) LoggerFactory.getLogger("dev.pgherd.audit");
        logger.addAppender(lines);
        var answer = JsonNodeFactory.instance
                .objectNode()
                .put("sql", "SELECT 'secret'")
                .put("instance", "team-a/shop")
                .put("row_count", 1);

        // When
        try {
            new AuditLog()
                    .record(
                            "audited-ask",
                            Map.of("question", "What is private?"),
                            new ToolResult.Success(answer, "secret"),
                            ToolOutcome.SUCCESS,
                            Duration.ofMillis(5));
        } finally {
            logger.detachAppender(lines);
        }

        // Then
        assertThat(lines.list)
                .extracting(line -> line.getKeyValuePairs().toString())
                .filteredOn(line -> line.contains("audited-ask"))
                .singleElement()
                .asString()
                .contains("instance=\"team-a/shop\"", "sql_kind=\"SELECT\"", "rows=\"1\"")
                .contains("sql_sha256=\"" + SqlDigest.of("SELECT 'secret'").hash())
                .doesNotContain("secret'", "private");
    }
}
