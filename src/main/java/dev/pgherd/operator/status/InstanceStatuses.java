package dev.pgherd.operator.status;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.api.v1alpha1.SecretReference;
import dev.pgherd.operator.lifecycle.Expiry;
import dev.pgherd.operator.lifecycle.Idleness;
import dev.pgherd.operator.lifecycle.RunState;
import dev.pgherd.operator.resource.Endpoints;
import dev.pgherd.operator.resource.InstanceNames;
import dev.pgherd.operator.resource.Server;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The next status, as a pure function of the instance, what was observed and the time. */
public final class InstanceStatuses {

    private static final Set<String> TOLD_ANEW = Set.of(Condition.READY, Condition.RECONCILING, Condition.STALLED);

    private static final Set<String> SEEN_WHILE_PAUSED =
            Set.of(Condition.READY, Condition.AVAILABLE, Condition.RECONCILING, Condition.STALLED);

    /** What Ready says while the operator leaves everything as it is. */
    static final String PAUSED =
            "spec.paused is true: what the spec says since then comes into force when it is false again";

    private InstanceStatuses() {}

    public static PostgresInstanceStatus of(PostgresInstance instance, RunState run, Observed observed, Instant now) {
        var situation = new Situation(instance, run, observed, now);
        var cause = Causes.of(situation);
        var ready = ReadyCondition.of(situation, cause);
        var available = AvailableCondition.of(situation);
        var progress = ProgressCondition.of(situation, cause);
        var configuration = ConfigurationCondition.of(situation);
        var credentials = CredentialsCondition.of(situation);
        var storage = StorageCondition.of(situation, cause);
        var conditions =
                Stream.concat(Stream.of(ready, available, configuration, credentials, storage), progress.stream());
        return status(situation, Phases.of(situation, cause), conditions.toList());
    }

    /** The status when a pass failed: what is known stays, and Ready says why nothing moves. */
    public static PostgresInstanceStatus failed(PostgresInstance instance, String reason, String message, Instant now) {
        var situation = new Situation(instance, new RunState.Running(), Observed.nothing(), now);
        var before = situation.before().orElseGet(() -> status(situation, Phase.Pending, List.of()));
        var news = Stream.of(
                situation.unknown(Condition.READY, reason, message),
                situation.yes(Condition.RECONCILING, "Progressing", message));
        var known = before.conditions().stream().filter(condition -> !TOLD_ANEW.contains(condition.type()));
        return before.with(
                situation.generation(),
                before.phase(),
                Stream.concat(news, known).toList());
    }

    /**
     * The status while the operator leaves everything as it is: what was said last stays, and what can be seen. Ready
     * goes on to be about the generation that was realised, so a later one is under way for as long as the pause lasts.
     */
    public static PostgresInstanceStatus paused(PostgresInstance instance, Observed observed, Instant now) {
        var situation = new Situation(instance, new RunState.Running(), observed, now);
        var before = situation.before().orElseGet(() -> status(situation, Phase.Pending, List.of()));
        var ready = before.condition(Condition.READY)
                .orElseGet(() -> situation.unknown(Condition.READY, "Paused", ""))
                .because(PAUSED);
        var available = observed.podReady()
                ? before.condition(Condition.AVAILABLE)
                : Optional.of(AvailableCondition.of(situation));
        var progress = Optional.of(situation.yes(Condition.RECONCILING, "Paused", PAUSED))
                .filter(condition -> ready.observedGeneration() != situation.generation());
        var others = before.conditions().stream().filter(condition -> !SEEN_WHILE_PAUSED.contains(condition.type()));
        var conditions = Stream.of(Stream.of(ready), available.stream(), progress.stream(), others)
                .flatMap(part -> part);
        return before.with(situation.generation(), before.phase(), conditions.toList());
    }

    private static PostgresInstanceStatus status(Situation situation, Phase phase, List<Condition> conditions) {
        var instance = situation.instance();
        var observed = situation.observed();
        var names = InstanceNames.of(instance);
        return new PostgresInstanceStatus(
                situation.generation(),
                phase,
                conditions,
                Endpoints.of(instance),
                new SecretReference(names.appSecret()),
                new SecretReference(names.agentSecret()),
                version(situation),
                Server.of(instance).image(),
                "pgherd.dev/instance=" + names.instance(),
                observed.podReady() ? 1 : 0,
                StorageCondition.volume(observed).orElse(null),
                Restarts.pending(situation),
                Expiry.of(instance).map(expiry -> expiry.at().toString()).orElse(null),
                Idleness.toReport(instance, lastActivity(observed)).orElse(null),
                situation.before().map(PostgresInstanceStatus::upgrade).orElse(null));
    }

    private static Optional<Instant> lastActivity(Observed observed) {
        return observed.database() instanceof DatabaseState.Reached state ? state.lastActivity() : Optional.empty();
    }

    /** The server's own word; the last one while it cannot be asked. */
    private static @Nullable String version(Situation situation) {
        return situation.observed().database() instanceof DatabaseState.Reached state
                ? state.version()
                : situation
                        .before()
                        .map(PostgresInstanceStatus::postgresVersion)
                        .orElse(null);
    }
}
