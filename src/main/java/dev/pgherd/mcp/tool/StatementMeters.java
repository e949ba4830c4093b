package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.sql.SqlOutcome;
import dev.pgherd.sql.StatementKind;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Counts and times statements by instance; those for instances that nobody knows together. */
final class StatementMeters {

    private final MeterRegistry meters;
    private final ConnectionRegistry registry;
    private final InstanceMeters unknown;
    private final ConcurrentHashMap<InstanceKey, InstanceMeters> instances = new ConcurrentHashMap<>();

    StatementMeters(MeterRegistry meters, ConnectionRegistry registry) {
        this.meters = meters;
        this.registry = registry;
        this.unknown = new InstanceMeters(meters, "", "");
        registry.onRemoval(this::forget);
    }

    SqlOutcome measured(InstanceKey key, String sql, Supplier<SqlOutcome> statement) {
        var started = System.nanoTime();
        try {
            var outcome = statement.get();
            var duration = Duration.ofNanos(System.nanoTime() - started);
            of(key).ran(StatementKind.of(sql), status(outcome), duration);
            if (outcome instanceof SqlOutcome.Rows rows) {
                of(key).returned(rows.rowCount(), rows.bytes());
            }
            return outcome;
        } catch (ToolFailedException e) {
            of(key).ran(StatementKind.of(sql), "unavailable", Duration.ofNanos(System.nanoTime() - started));
            throw e;
        }
    }

    SqlOutcome withRefusals(Supplier<SqlOutcome> statement) {
        try {
            var outcome = statement.get();
            if (outcome instanceof SqlOutcome.Refused refused) {
                refused(refused.reason());
            }
            return outcome;
        } catch (ToolFailedException e) {
            if (!e.result().refusal().isEmpty()) {
                refused(e.result().refusal());
            }
            throw e;
        }
    }

    private void refused(String reason) {
        meters.counter("pgherd.sql.rejections", "reason", reason).increment();
    }

    private InstanceMeters of(InstanceKey key) {
        if (!known(key)) {
            return unknown;
        }
        var found =
                instances.computeIfAbsent(key, added -> new InstanceMeters(meters, added.namespace(), added.name()));
        if (!known(key)) {
            forget(key);
        }
        return found;
    }

    private boolean known(InstanceKey key) {
        return registry.get(key).isPresent();
    }

    private void forget(InstanceKey key) {
        var gone = instances.remove(key);
        if (gone != null) {
            gone.close();
        }
    }

    private static String status(SqlOutcome outcome) {
        if (outcome instanceof SqlOutcome.Failed) {
            return "failed";
        }
        if (outcome instanceof SqlOutcome.Refused) {
            return "refused";
        }
        return outcome instanceof SqlOutcome.Cancelled ? "cancelled" : "success";
    }
}
