package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.api.v1alpha1.PostgresInstanceSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a call wants to change in a spec: a merge patch, and each field with what it was. */
final class SpecChange {

    static final String TTL = "lifecycle.ttl";

    private static final String TIME = "lifecycle.expirationTime";
    private static final String NEVER = "never";
    private static final List<String> OF_SERVERS =
            List.of("storage_size", "cpu_limit", "memory_limit", "parameters", "idle_timeout", "hibernated");

    private final ObjectNode spec = JsonNodeFactory.instance.objectNode();
    private final List<FieldChange> changes = new ArrayList<>();
    private final Set<String> parameters = new TreeSet<>();
    private final PostgresInstanceSpec before;

    private SpecChange(PostgresInstanceSpec before) {
        this.before = before;
    }

    static SpecChange of(PostgresInstanceSpec before, Arguments arguments) {
        var change = new SpecChange(before);
        if (before.external() != null) {
            refuseOfServers(arguments);
        }
        arguments.quantity("storage_size", "10Gi").ifPresent(change::storage);
        change.resources(arguments);
        arguments.changes("parameters").forEach(change::parameter);
        change.lifecycle(arguments);
        arguments.optionalFlag("hibernated").ifPresent(change::hibernated);
        return change;
    }

    /** What is to be merged into the spec. */
    ObjectNode spec() {
        return spec;
    }

    List<FieldChange> changes() {
        return List.copyOf(changes);
    }

    /** The names of the server's parameters that change. */
    Set<String> parameters() {
        return Set.copyOf(parameters);
    }

    boolean touches(String field) {
        return changes.stream().anyMatch(change -> change.field().startsWith(field));
    }

    /** The end that it gives the instance, where it gives it one, or another one. */
    Optional<FieldChange> end() {
        return changes.stream()
                .filter(change -> !change.after().isEmpty()
                        && (change.field().equals(TTL) || change.field().equals(TIME)))
                .findFirst();
    }

    private void storage(Quantity size) {
        if (changed("storage.size", before.storage().size(), size.toString())) {
            spec.withObject("/storage").put("size", size.toString());
        }
    }

    /** All of them are written: those that are left out of a spec that names some have no default. */
    private void resources(Arguments arguments) {
        var limits = new TreeMap<>(before.resources().limits());
        var requests = new TreeMap<>(before.resources().requests());
        limit(limits, requests, "cpu", arguments.quantity("cpu_limit", "500m"));
        limit(limits, requests, "memory", arguments.quantity("memory_limit", "1Gi"));
        if (touches("resources")) {
            limits.forEach((name, value) -> spec.withObject("/resources/limits").put(name, value.toString()));
            requests.forEach(
                    (name, value) -> spec.withObject("/resources/requests").put(name, value.toString()));
        }
    }

    private void limit(
            Map<String, Quantity> limits, Map<String, Quantity> requests, String name, Optional<Quantity> wanted) {
        wanted.ifPresent(limit -> {
            changed("resources.limits." + name, text(limits.get(name)), limit.toString());
            limits.put(name, limit);
            var request = requests.get(name);
            if (request != null && request.getNumericalAmount().compareTo(limit.getNumericalAmount()) > 0) {
                changed("resources.requests." + name, request.toString(), limit.toString());
                requests.put(name, limit);
            }
        });
    }

    private void parameter(String name, Optional<String> value) {
        var now = before.postgresql().parameters().getOrDefault(name, "");
        if (changed("postgresql.parameters." + name, now, value.orElse(""))) {
            KeptParameters.requireOpen(name, now, value.orElse(""));
            parameters.add(name);
            spec.withObject("/postgresql").withObject("/parameters").put(name, value.orElse(null));
        }
    }

    private void lifecycle(Arguments arguments) {
        var ttl = spanOrNever(arguments, "ttl");
        var time = arguments.text("expiration_time");
        if (ttl.isPresent() && time.isPresent()) {
            throw new ToolFailedException(FailureKind.INVALID, "Give ttl or expiration_time, not both.");
        }
        ttl.ifPresent(text -> end(text, NEVER));
        time.ifPresent(text -> end(NEVER, LifeEnd.checkedTime("expiration_time", text)));
        spanOrNever(arguments, "idle_timeout")
                .ifPresent(text -> lifecycle("idleTimeout", before.lifecycle().idleTimeout(), text));
    }

    private static Optional<String> spanOrNever(Arguments arguments, String field) {
        return arguments.text(field).map(text -> text.equals(NEVER) ? text : LifeEnd.checkedSpan(field, text));
    }

    /** One takes the other's place. */
    private void end(String ttl, String time) {
        lifecycle("ttl", before.lifecycle().ttl(), ttl);
        lifecycle("expirationTime", before.lifecycle().expirationTime(), time);
    }

    private void lifecycle(String field, @Nullable String now, String wanted) {
        var never = wanted.equals(NEVER);
        if (changed("lifecycle." + field, Objects.requireNonNullElse(now, ""), never ? "" : wanted)) {
            spec.withObject("/lifecycle").put(field, never ? null : wanted);
        }
    }

    private void hibernated(boolean wanted) {
        if (changed("hibernated", before.hibernated().toString(), String.valueOf(wanted))) {
            spec.put("hibernated", wanted);
        }
    }

    private boolean changed(String field, String now, String wanted) {
        var change = new FieldChange(field, now, wanted);
        if (change.changes()) {
            changes.add(change);
        }
        return change.changes();
    }

    private static String text(@Nullable Quantity quantity) {
        return quantity == null ? "" : quantity.toString();
    }

    private static void refuseOfServers(Arguments arguments) {
        OF_SERVERS.stream().filter(arguments::has).findFirst().ifPresent(field -> {
            throw new ToolFailedException(
                    FailureKind.CONFLICT,
                    "PgHerd does not run this server, it is only registered: '%s' cannot be changed here, only ttl or expiration_time."
                            .formatted(field));
        });
    }
}
