package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.connection.Outage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What the tools tell of an instance.
 *
 * @param outage what PgHerd's own connections to it have met, whatever the operator reports
 */
record InstanceState(PostgresInstance instance, Optional<Outage> outage) {

    InstanceState(PostgresInstance instance) {
        this(instance, Optional.empty());
    }

    InstanceKey key() {
        return InstanceKey.of(instance);
    }

    /** As the operator reports. */
    boolean available() {
        return instance.reported()
                .map(status -> status.met(Condition.AVAILABLE))
                .orElse(false);
    }

    Phase phase() {
        if (instance.isMarkedForDeletion()) {
            return Phase.Deleting;
        }
        return instance.reported().map(PostgresInstanceStatus::phase).orElse(Phase.Pending);
    }

    /** Stands still, or is on its way up from there. */
    boolean asleep() {
        return hibernated() || phase() == Phase.Waking;
    }

    private boolean hibernated() {
        return instance.wish().hibernated()
                || conditions().stream()
                        .anyMatch(condition -> condition.type().equals(Condition.AVAILABLE)
                                && condition.reason().equals("Hibernated"));
    }

    /** When its life ended, if it has, as reported of the spec as it is now. */
    Optional<Instant> expiredBefore(Instant now) {
        return instance.reported()
                .filter(status -> instance.getMetadata().getGeneration().equals(status.observedGeneration()))
                .map(PostgresInstanceStatus::expirationTime)
                .map(Instant::parse)
                .filter(time -> !time.isAfter(now));
    }

    /** What stands in the way of using it, as far as the operator has said, or PgHerd's own connections have met. */
    Optional<String> problem() {
        if (available()) {
            return outage.map(InstanceState::describe);
        }
        return Optional.of(conditions().stream()
                .filter(condition -> !condition.met())
                .map(condition -> condition.reason() + ": " + condition.message())
                .findFirst()
                .orElse("waiting for the operator; where that lasts, it may not be running"));
    }

    static String describe(Outage outage) {
        return "PgHerd got no answer from it %d times in a row since %s; it %s"
                .formatted(outage.times(), outage.since().truncatedTo(ChronoUnit.SECONDS), outage.nextTry());
    }

    /** The word for what stands in the way; empty where nothing was reported. */
    String reason() {
        return conditions().stream()
                .filter(condition -> !condition.met())
                .map(Condition::reason)
                .findFirst()
                .orElse("");
    }

    List<Condition> conditions() {
        return instance.reported().map(PostgresInstanceStatus::conditions).orElse(List.of());
    }

    /** One line for a person. */
    String summary() {
        var where = endpoint()
                .map(endpoint -> " at %s:%d/%s".formatted(endpoint.host(), endpoint.port(), endpoint.database()))
                .orElse("");
        return "%s: %s, PostgreSQL %s%s%s%s%s"
                .formatted(
                        key(),
                        phase(),
                        version(),
                        where,
                        managed() ? "" : " (" + source() + ": not run by PgHerd)",
                        expires().map(time -> ", expires " + time).orElse(""),
                        problem().map(p -> " - " + p).orElse(""));
    }

    /** The fields that every tool shows. */
    ObjectNode brief() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("namespace", key().namespace());
        json.put("name", key().name());
        json.put("source", source());
        json.put("phase", phase().name());
        json.put("available", available() && outage.isEmpty());
        json.put("hibernated", hibernated());
        expires().ifPresent(time -> json.put("expires", time));
        json.put("postgres_version", version());
        endpoint()
                .ifPresent(endpoint -> json.putObject("endpoint")
                        .put("host", endpoint.host())
                        .put("port", endpoint.port())
                        .put("database", endpoint.database()));
        problem().ifPresent(problem -> json.put("problem", problem));
        outage.ifPresent(met -> json.putObject("not_answering")
                .put("tries", met.times())
                .put("since", met.since().toString())
                .put("next_try_in_seconds", met.secondsLeft()));
        return json;
    }

    /** The brief fields and the conditions. */
    ObjectNode withConditions() {
        var json = brief();
        var list = json.putArray("conditions");
        conditions()
                .forEach(condition -> list.addObject()
                        .put("type", condition.type())
                        .put("status", condition.status())
                        .put("reason", condition.reason())
                        .put("message", condition.message())
                        .put("since", condition.lastTransitionTime()));
        return json;
    }

    private Optional<Endpoint> endpoint() {
        return instance.reported().map(PostgresInstanceStatus::endpoint);
    }

    private Optional<String> expires() {
        return instance.reported().map(PostgresInstanceStatus::expirationTime);
    }

    private String version() {
        return instance.reported()
                .map(PostgresInstanceStatus::postgresVersion)
                .orElseGet(() -> managed() ? String.valueOf(instance.wish().postgresVersion()) : "unknown");
    }

    /** Whether PgHerd runs the server. */
    boolean managed() {
        return instance.wish().external() == null;
    }

    /** Where PgHerd knows the server from. */
    private String source() {
        if (Registered.told(instance)) {
            return "environment";
        }
        return managed() ? "managed" : "external";
    }
}
