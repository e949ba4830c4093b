package dev.pgherd.mcp.call;

import dev.pgherd.mcp.tool.ToolResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line for each call of a tool; neither SQL nor values are in it. */
final class AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pgherd.audit");
    private static final int LONGEST_NAME = 128;
    private static final List<String> NAMING = List.of("instance", "name", "instances", "selector");

    void record(
            String tool,
            Map<String, @Nullable Object> arguments,
            ToolResult result,
            ToolOutcome outcome,
            Duration duration) {
        var line = LOG.atInfo()
                .addKeyValue("tool", tool)
                .addKeyValue("instance", name(arguments))
                .addKeyValue("outcome", outcome.tag())
                .addKeyValue("duration_ms", duration.toMillis());
        if (arguments.get("sql") instanceof String sql) {
            var digest = SqlDigest.of(sql);
            line = line.addKeyValue("sql_sha256", digest.hash()).addKeyValue("sql_kind", digest.kind());
        }
        if (result instanceof ToolResult.Success success && success.structured().has("row_count")) {
            line = line.addKeyValue(
                    "rows", success.structured().get("row_count").asLong());
        }
        line.log("Tool call");
    }

    /** What the caller called the instance or the instances, on one line. */
    private static String name(Map<String, @Nullable Object> arguments) {
        var given = NAMING.stream().map(arguments::get).filter(Objects::nonNull).findFirst();
        var text = given.map(String::valueOf).orElse("").replaceAll("\\p{Cntrl}", "?");
        return text.substring(0, Math.min(text.length(), LONGEST_NAME));
    }
}
