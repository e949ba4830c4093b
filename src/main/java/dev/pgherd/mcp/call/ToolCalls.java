package dev.pgherd.mcp.call;

import dev.pgherd.config.McpConfig;
import dev.pgherd.mcp.limit.Admission;
import dev.pgherd.mcp.limit.CallLimits;
import dev.pgherd.mcp.method.RpcException;
import dev.pgherd.mcp.tool.Arguments;
import dev.pgherd.mcp.tool.Caller;
import dev.pgherd.mcp.tool.Client;
import dev.pgherd.mcp.tool.FailureKind;
import dev.pgherd.mcp.tool.InputRequiredException;
import dev.pgherd.mcp.tool.KubernetesFailure;
import dev.pgherd.mcp.tool.PgTool;
import dev.pgherd.mcp.tool.Progress;
import dev.pgherd.mcp.tool.ToolCall;
import dev.pgherd.mcp.tool.ToolFailedException;
import dev.pgherd.mcp.tool.ToolResult;
import dev.pgherd.mcp.tool.Vocabulary;
import dev.pgherd.sql.Cancellation;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls tools: every call ends in a result, within the limits of its caller, is counted, timed and audited. */
public final class ToolCalls {

    private static final Logger LOG = LoggerFactory.getLogger(ToolCalls.class);

    private final MeterRegistry registry;
    private final AuditLog audit = new AuditLog();
    private final CallLimits limits;
    private final Vocabulary vocabulary;
    private final KubernetesFailure kubernetes;
    private final ConcurrentHashMap<Ended, Meters> meters = new ConcurrentHashMap<>();

    /** Failures advise what is in the vocabulary. */
    public ToolCalls(MeterRegistry registry, CallLimits limits, Vocabulary vocabulary, KubernetesFailure kubernetes) {
        this.registry = registry;
        this.limits = limits;
        this.vocabulary = vocabulary;
        this.kubernetes = kubernetes;
    }

    /** Tools that share the limits of their callers, whichever way they are called; Kubernetes is at that address. */
    public static Toolbox toolbox(McpConfig config, List<PgTool> tools, MeterRegistry registry, String kubernetes) {
        var limits = new CallLimits(config.callLimits(), System::nanoTime);
        return new Toolbox(
                tools,
                new ToolCalls(
                        registry,
                        limits,
                        Vocabulary.ofAgents(config.enabledTools()),
                        new KubernetesFailure(kubernetes)));
    }

    /**
     * Runs in the caller's thread.
     *
     * @throws RpcException when the client lacks what the call needs
     * @throws InputRequiredException when the call has to begin anew with an answer of the client
     */
    public ToolResult call(
            PgTool tool,
            Caller caller,
            Map<String, @Nullable Object> arguments,
            Client client,
            Progress progress,
            Cancellation cancellation) {
        var name = tool.definition().name();
        var started = System.nanoTime();
        ToolResult result;
        ToolOutcome outcome;
        try {
            result = admitted(tool, caller, arguments, client, progress, cancellation);
            outcome = result instanceof ToolResult.Success ? ToolOutcome.SUCCESS : ToolOutcome.ERROR;
        } catch (InputRequiredException e) {
            measure(tool.meter(), ToolOutcome.INPUT_REQUIRED, started);
            throw e;
        } catch (RpcException e) {
            measure(tool.meter(), ToolOutcome.ERROR, started);
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.atError().addKeyValue("tool", name).setCause(e).log("Tool failed unexpectedly");
            result = new ToolResult.Failure(FailureKind.INTERNAL, fault(tool));
            outcome = ToolOutcome.INTERNAL_ERROR;
        }
        var duration = measure(tool.meter(), outcome, started);
        if (result instanceof ToolResult.Failure failure) {
            result = vocabulary.told(failure);
            count(failure);
        }
        audit.record(name, whole(tool, arguments), result, outcome, duration);
        return result;
    }

    /** Does something else that is not for nothing, within the same limits; empty where they do not allow it now. */
    public <T> Optional<T> within(Caller caller, Supplier<T> work) {
        var admission = limits.enter(caller.connection());
        if (admission instanceof Admission.Refused refused) {
            count(refused);
            return Optional.empty();
        }
        try {
            return Optional.of(work.get());
        } finally {
            ((Admission.Admitted) admission).turn().end();
        }
    }

    private ToolResult admitted(
            PgTool tool,
            Caller caller,
            Map<String, @Nullable Object> arguments,
            Client client,
            Progress progress,
            Cancellation cancellation) {
        var admission = limits.enter(caller.connection());
        if (admission instanceof Admission.Refused refused) {
            count(refused);
            return ToolResult.Failure.limited(refused.message(), refused.retryAfter());
        }
        var turn = ((Admission.Admitted) admission).turn();
        try {
            return tool.call(new ToolCall(
                    Arguments.of(tool.definition(), tool.unlisted(), arguments),
                    caller,
                    new PausingClient(client, turn),
                    progress,
                    cancellation));
        } catch (ToolFailedException e) {
            return e.result();
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue("tool", tool.definition().name())
                    .addKeyValue("code", e.getCode())
                    .addKeyValue("reason", e.getMessage())
                    .log("The Kubernetes API did not do what a tool asked");
            return kubernetes.describe(e);
        } finally {
            turn.end();
        }
    }

    /** What writes may have done so before it went wrong. */
    private static String fault(PgTool tool) {
        var annotations = tool.definition().annotations();
        var reads = annotations != null && Boolean.TRUE.equals(annotations.readOnlyHint());
        return "Something went wrong inside the server; its log has the details. "
                + (reads
                        ? "Trying again may help."
                        : "It may have taken effect all the same: look before you try again.");
    }

    private static Map<String, @Nullable Object> whole(PgTool tool, Map<String, @Nullable Object> arguments) {
        if (tool.fixed().isEmpty()) {
            return arguments;
        }
        var whole = new HashMap<>(arguments);
        whole.putAll(tool.fixed());
        return whole;
    }

    private void count(ToolResult.Failure failure) {
        if (!failure.refusal().isEmpty()) {
            registry.counter("pgherd.sql.rejections", "reason", failure.refusal())
                    .increment();
        }
    }

    private void count(Admission.Refused refused) {
        registry.counter("pgherd.mcp.limited.calls", "limit", refused.limit()).increment();
    }

    private Duration measure(String tool, ToolOutcome outcome, long started) {
        var duration = Duration.ofNanos(System.nanoTime() - started);
        meters.computeIfAbsent(new Ended(tool, outcome), this::meters).count(duration);
        return duration;
    }

    private Meters meters(Ended ended) {
        var tags = Tags.of("tool", ended.tool(), "outcome", ended.outcome().tag());
        return new Meters(
                registry.counter("pgherd.mcp.tool.calls", tags), registry.timer("pgherd.mcp.tool.duration", tags));
    }

    /** What is counted together. */
    private record Ended(String tool, ToolOutcome outcome) {}

    /** Looked up once: the registry takes longer than the counting. */
    private record Meters(Counter calls, Timer duration) {

        void count(Duration took) {
            calls.increment();
            duration.record(took);
        }
    }
}
