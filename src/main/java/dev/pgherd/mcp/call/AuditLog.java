package dev.pgherd.mcp.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgherd.mcp.tool.ToolResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line for each call of a tool; neither SQL nor values are in it. */
final class AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pgherd.audit");
    private static final int LONGEST_NAME = 128;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final List<String> NAMING = List.of("instance", "name", "instances", "selector");

    void record(
            String tool,
            Map<String, @Nullable Object> arguments,
            ToolResult result,
            ToolOutcome outcome,
            Duration duration) {
        var line = LOG.atInfo()
                .addKeyValue("tool", tool)
                .addKeyValue("instance", name(arguments, result))
                .addKeyValue("outcome", outcome.tag())
                .addKeyValue("duration_ms", duration.toMillis());
        var sql = statement(arguments, result);
        if (sql.isPresent()) {
            var digest = SqlDigest.of(sql.get());
            line = line.addKeyValue("sql_sha256", digest.hash()).addKeyValue("sql_kind", digest.kind());
        }
        if (result instanceof ToolResult.Success success && success.structured().has("row_count")) {
            line = line.addKeyValue(
                    "rows", success.structured().get("row_count").asLong());
        }
        line.log("Tool call");
    }

    /** The caller's, or the one that a model wrote for it. */
    private static Optional<String> statement(Map<String, @Nullable Object> arguments, ToolResult result) {
        return arguments.get("sql") instanceof String sql ? Optional.of(sql) : told(result, "sql");
    }

    private static Optional<String> told(ToolResult result, String field) {
        return result instanceof ToolResult.Success success
                ? Optional.ofNullable(success.structured().get(field))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::textValue)
                : Optional.empty();
    }

    /** What the caller called the instance or the instances, or which was chosen for it, on one line. */
    private static String name(Map<String, @Nullable Object> arguments, ToolResult result) {
        var given = NAMING.stream().map(arguments::get).filter(Objects::nonNull).findFirst();
        var text = given.map(String::valueOf).or(() -> told(result, "instance")).orElse("");
        var start = text.substring(0, Math.min(text.length(), LONGEST_NAME));
        return CONTROL.matcher(start).replaceAll("?");
    }
}
