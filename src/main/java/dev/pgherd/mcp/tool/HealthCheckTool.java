package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.connection.Access;
import dev.pgherd.connection.ConnectionWork;
import dev.pgherd.connection.InstanceUnavailableException;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.Optional;

/** Connects to an instance with the logins that agents have, measures it, and says what is wrong. */
final class HealthCheckTool implements PgTool {

    private final McpSchema.Tool definition = ToolDefinition.of("health_check_postgres");
    private final Instances instances;
    private final Statements statements;

    HealthCheckTool(Instances instances, Statements statements) {
        this.instances = instances;
        this.statements = statements;
    }

    @Override
    public McpSchema.Tool definition() {
        return definition;
    }

    @Override
    public ToolResult call(ToolCall call) {
        var key = instances.key(call.arguments().required("instance"));
        var instance = instances.require(key);
        var reading = attempt(key, Access.READ, Measurement::of);
        var writing = instance.wish().agentAccess().mayWrite()
                ? attempt(key, Access.WRITE, Measurement::timedTrip)
                : new Attempt<>(Optional.of(Duration.ZERO), "");
        var state = instances.state(instance);
        return reading.result()
                .map(measurement -> writing.problem().isEmpty()
                        ? healthy(state, measurement)
                        : halfUsable(state, Optional.of(measurement), "execute cannot log in: " + writing.problem()))
                .orElseGet(() -> writing.result().isPresent()
                        ? halfUsable(state, Optional.empty(), "query cannot log in: " + reading.problem())
                        : unhealthy(state, reading.problem()));
    }

    private <T> Attempt<T> attempt(InstanceKey key, Access access, ConnectionWork<T> work) {
        try {
            return new Attempt<>(Optional.of(statements.call(key, access, work)), "");
        } catch (InstanceUnavailableException e) {
            return new Attempt<>(
                    Optional.empty(), Optional.ofNullable(e.getMessage()).orElse("it cannot be reached"));
        } catch (IllegalStateException e) {
            // The server answers, and with an error: a check that ran out of time, most likely.
            return new Attempt<>(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    private static ToolResult healthy(InstanceState state, Measurement measurement) {
        var json = base(state, state.available());
        measurement.addTo(json);
        if (!state.available()) {
            var problem = state.problem().orElse("");
            return sick(
                    state.key(),
                    json,
                    problem,
                    "It answers, but the operator has not found that yet; look again soon.");
        }
        return new ToolResult.Success(json, "%s is healthy: %s".formatted(state.key(), measurement.summary()));
    }

    /** One of the two logins works, the other does not. */
    private static ToolResult halfUsable(InstanceState state, Optional<Measurement> measurement, String problem) {
        var json = base(state, false);
        measurement.ifPresent(measured -> measured.addTo(json));
        return sick(
                state.key(),
                json,
                problem,
                "The other way in works, so the server is up: try again in a moment, then look at PgHerd's log; the"
                        + " login role or its password in the instance's Secret may have been changed.");
    }

    private static ToolResult unhealthy(InstanceState state, String unreachable) {
        var problem = state.problem().orElse(unreachable);
        var next = state.available()
                ? "The operator reports it as available, so PgHerd's way to it is the problem: try again in a moment,"
                        + " then look at PgHerd's log."
                : "get_postgres_instance shows its conditions and events; remedy the cause, or wait while it starts.";
        return sick(state.key(), base(state, false), problem, next);
    }

    private static ToolResult sick(InstanceKey key, ObjectNode json, String problem, String next) {
        json.put("problem", problem).put("next_step", next);
        return new ToolResult.Success(json, "%s is not healthy: %s. %s".formatted(key, problem, next));
    }

    private static ObjectNode base(InstanceState state, boolean healthy) {
        var all = state.withConditions();
        all.put("healthy", healthy);
        return all.retain("namespace", "name", "healthy", "phase", "available", "conditions", "not_answering");
    }

    /**
     * What came of one login.
     *
     * @param problem empty where there is a result
     */
    private record Attempt<T>(Optional<T> result, String problem) {}
}
