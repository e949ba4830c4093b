package dev.pgherd.operator;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.lifecycle.RunState;
import dev.pgherd.operator.status.Announcement;
import dev.pgherd.operator.status.Refusal;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of an instance whose life may be over. */
sealed interface Ending {

    /** Answers that say that the instance is not what it was a moment ago: the next pass sees what it is. */
    Set<Integer> OUTDATED = Set.of(404, 409);

    String BLOCKED = "DeletionBlocked";

    Logger LOGGER = LoggerFactory.getLogger(Ending.class);

    /** The API writes whole seconds, and no two clocks are quite the same. */
    Duration USUAL = Duration.ofSeconds(2);

    /** It goes on living. */
    record NotYet() implements Ending {}

    /**
     * It goes on living for now: only the operator's clock says that its time has come.
     *
     * @param left how long it lives still by the API's clock
     */
    record Early(Duration left) implements Ending {}

    /** The resource is deleted; what hangs on it follows. */
    record Deleted() implements Ending {}

    /** It should be deleted, and may not be; it stays as it is, and is tried again with the next passes. */
    record Blocked(String message) implements Ending {}

    /** Deletes what has expired, and only in the very state that was judged: its life may just have been extended. */
    static Ending of(PostgresInstance instance, RunState run, Announcer announcer, KubernetesClient client) {
        if (!(run instanceof RunState.Expired expired) || instance.isMarkedForDeletion()) {
            return new NotYet();
        }
        var since = "expired at " + expired.at();
        if (instance.wish().deletionProtection()) {
            return new Blocked(
                    since + ", but spec.deletionProtection is true: set it to false, or extend spec.lifecycle");
        }
        try {
            var left = Duration.between(new ApiClock(client).time(instance), expired.at());
            return left.compareTo(Duration.ZERO) > 0
                    ? early(instance, left)
                    : delete(instance, since, announcer, client);
        } catch (KubernetesClientException e) {
            return failed(since, "the Kubernetes API does not tell its time", e);
        }
    }

    private static Ending early(PostgresInstance instance, Duration left) {
        if (left.compareTo(USUAL) > 0) {
            LOGGER.atWarn()
                    .addKeyValue("namespace", instance.getMetadata().getNamespace())
                    .addKeyValue("name", instance.getMetadata().getName())
                    .addKeyValue("left", left)
                    .log("not deleted yet: this machine's clock is ahead of the Kubernetes API's");
        }
        return new Early(left);
    }

    private static Ending delete(
            PostgresInstance instance, String since, Announcer announcer, KubernetesClient client) {
        try {
            client.resource(instance)
                    .lockResourceVersion(instance.getMetadata().getResourceVersion())
                    .delete();
            announcer.announce(instance, Announcement.normal("Expired", since + "; the instance is deleted"));
            return new Deleted();
        } catch (KubernetesClientException e) {
            return failed(since, "its deletion is refused", e);
        }
    }

    private static Ending failed(String since, String what, KubernetesClientException e) {
        if (OUTDATED.contains(e.getCode())) {
            return new NotYet();
        }
        return new Blocked("%s, but %s: %s"
                .formatted(since, what, Failure.refusal(e).orElseThrow(() -> e).message()));
    }

    /** When to look again at the latest. */
    default Duration sooner(Duration other) {
        return this instanceof Early early && early.left().compareTo(other) < 0 ? early.left() : other;
    }

    /** What stands in the way of the end. */
    default Optional<Refusal> refusal() {
        return this instanceof Blocked blocked
                ? Optional.of(new Refusal(BLOCKED, blocked.message()))
                : Optional.empty();
    }
}
