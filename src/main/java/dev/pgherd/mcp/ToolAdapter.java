package dev.pgherd.mcp;

import dev.pgherd.mcp.limit.Admission;
import dev.pgherd.mcp.limit.CallLimits;
import dev.pgherd.mcp.tool.Arguments;
import dev.pgherd.mcp.tool.KubernetesFailure;
import dev.pgherd.mcp.tool.PgTool;
import dev.pgherd.mcp.tool.ToolCall;
import dev.pgherd.mcp.tool.ToolFailedException;
import dev.pgherd.mcp.tool.ToolResult;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.MeterRegistry;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers a tool through the SDK: every call ends in a result, is counted, timed and audited. */
final class ToolAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(ToolAdapter.class);

    private static final String RETRY_AFTER = "pgherd.dev/retryAfterSeconds";

    private final MeterRegistry registry;
    private final AuditLog audit;
    private final CallLimits limits;

    ToolAdapter(MeterRegistry registry, AuditLog audit, CallLimits limits) {
        this.limits = limits;
        this.registry = registry;
        this.audit = audit;
    }

    SyncToolSpecification adapt(PgTool tool) {
        return SyncToolSpecification.builder()
                .tool(tool.definition())
                .callHandler((exchange, request) -> call(tool, exchange, request))
                .build();
    }

    private McpSchema.CallToolResult call(
            PgTool tool, McpSyncServerExchange exchange, McpSchema.CallToolRequest request) {
        var name = tool.definition().name();
        var started = System.nanoTime();
        ToolResult result;
        ToolOutcome outcome;
        try {
            result = admitted(tool, exchange, request);
            outcome = result instanceof ToolResult.Success ? ToolOutcome.SUCCESS : ToolOutcome.ERROR;
        } catch (RuntimeException | StackOverflowError e) {
            LOG.atError().addKeyValue("tool", name).setCause(e).log("Tool failed unexpectedly");
            result = new ToolResult.Failure(
                    "Something went wrong inside the server; its log has the details. Trying again may help.");
            outcome = ToolOutcome.INTERNAL_ERROR;
        }
        var duration = Duration.ofNanos(System.nanoTime() - started);
        measure(name, outcome, duration);
        if (result instanceof ToolResult.Failure failure && !failure.refusal().isEmpty()) {
            registry.counter("pgherd.sql.rejections", "reason", failure.refusal())
                    .increment();
        }
        audit.record(name, Objects.requireNonNullElse(request.arguments(), Map.of()), result, outcome, duration);
        return forSdk(result);
    }

    /** Nobody says yet who they are: a caller is a session. */
    private ToolResult admitted(PgTool tool, McpSyncServerExchange exchange, McpSchema.CallToolRequest request) {
        var admission = limits.enter(exchange.sessionId());
        if (admission instanceof Admission.Refused refused) {
            registry.counter("pgherd.mcp.limited.calls", "limit", refused.limit())
                    .increment();
            return ToolResult.Failure.limited(refused.message(), refused.retryAfter());
        }
        try {
            return answer(tool, exchange, request);
        } finally {
            ((Admission.Admitted) admission).end().run();
        }
    }

    private static ToolResult answer(PgTool tool, McpSyncServerExchange exchange, McpSchema.CallToolRequest request) {
        try {
            var arguments = Arguments.of(tool.definition(), request.arguments());
            return tool.call(new ToolCall(
                    arguments,
                    new ProgressNotifications(exchange, request.progressToken()),
                    RunningCall.cancellationOf(exchange.transportContext())));
        } catch (ToolFailedException e) {
            return e.result();
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue("tool", tool.definition().name())
                    .addKeyValue("code", e.getCode())
                    .addKeyValue("reason", e.getMessage())
                    .log("The Kubernetes API did not do what a tool asked");
            return KubernetesFailure.describe(e);
        }
    }

    private void measure(String tool, ToolOutcome outcome, Duration duration) {
        registry.counter("pgherd.mcp.tool.calls", "tool", tool, "outcome", outcome.tag())
                .increment();
        registry.timer("pgherd.mcp.tool.duration", "tool", tool, "outcome", outcome.tag())
                .record(duration);
    }

    private static McpSchema.CallToolResult forSdk(ToolResult result) {
        if (result instanceof ToolResult.Success success) {
            return McpSchema.CallToolResult.builder()
                    .textContent(success.texts())
                    .structuredContent(success.structured())
                    .isError(false)
                    .build();
        }
        var failure = (ToolResult.Failure) result;
        var answer = McpSchema.CallToolResult.builder()
                .addTextContent(failure.message())
                .isError(true);
        // Not in the structured content: clients hold that against the tool's schema, of failures too.
        return failure.retryAfter().isZero()
                ? answer.build()
                : answer.meta(Map.of(RETRY_AFTER, failure.retryAfterSeconds())).build();
    }
}
