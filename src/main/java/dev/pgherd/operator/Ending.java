package dev.pgherd.operator;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.lifecycle.RunState;
import dev.pgherd.operator.status.Announcement;
import dev.pgherd.operator.status.Refusal;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.Set;

/** What becomes of an instance whose life may be over. */
sealed interface Ending {

    /** Answers that say that the instance is not what it was a moment ago: the next pass sees what it is. */
    Set<Integer> OUTDATED = Set.of(404, 409);

    String BLOCKED = "DeletionBlocked";

    /** It goes on living. */
    record NotYet() implements Ending {}

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
        return delete(instance, since, announcer, client);
    }

    private static Ending delete(
            PostgresInstance instance, String since, Announcer announcer, KubernetesClient client) {
        try {
            announcer.announce(instance, Announcement.normal("Expired", since + "; the instance is deleted"));
            client.resource(instance)
                    .lockResourceVersion(instance.getMetadata().getResourceVersion())
                    .delete();
            return new Deleted();
        } catch (KubernetesClientException e) {
            if (OUTDATED.contains(e.getCode())) {
                return new NotYet();
            }
            return new Blocked(since + ", but its deletion is refused: "
                    + Failure.refusal(e).orElseThrow(() -> e).message());
        }
    }

    /** What stands in the way of the end. */
    default Optional<Refusal> refusal() {
        return this instanceof Blocked blocked
                ? Optional.of(new Refusal(BLOCKED, blocked.message()))
                : Optional.empty();
    }
}
