package dev.pgherd.mcp.approval;

import dev.pgherd.api.InstanceEvent;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes beside the instance what was asked for and what was approved, in words that are not the caller's. */
public final class ApprovalRecord {

    /** So many calls of one instance people are asked about. */
    public static final int MOST_A_MINUTE = 10;

    private static final int NAME_PART = 16;
    private static final Logger AUDIT = LoggerFactory.getLogger("dev.pgherd.audit");
    private static final Logger LOG = LoggerFactory.getLogger(ApprovalRecord.class);

    private final KubernetesClient client;
    private final Clock clock;
    private final OpenRequests open;
    private final RecentRequests recent;

    public ApprovalRecord(KubernetesClient client, Clock clock, OpenRequests open) {
        this.client = client;
        this.clock = clock;
        this.open = open;
        this.recent = new RecentRequests(clock);
    }

    /**
     * Tells whoever is to grant the token what it stands for, and is zero; otherwise how long until that may be told.
     *
     * @param what without what agents must not see
     * @param all for those alone who may approve it
     */
    public Duration asked(PostgresInstance instance, ApprovalToken token, String what, String all) {
        var key = InstanceKey.of(instance);
        var wait = recent.take(key, token.digest());
        if (wait.isZero()) {
            open.add(key, token, all);
            write(instance, token.digest(), "ApprovalRequested", "%s stands for: %s".formatted(token, what));
        }
        return wait;
    }

    /** Tells that it happens now, by a token that nobody needs to look at any more. */
    public void usedToken(PostgresInstance instance, Deed deed, String token, String what) {
        open.remove(token);
        used(instance, deed, "token " + token, what);
    }

    /**
     * Tells that it happens now.
     *
     * @param way how a person approved it
     */
    public void used(PostgresInstance instance, Deed deed, String way, String what) {
        AUDIT.atInfo()
                .addKeyValue("namespace", instance.getMetadata().getNamespace())
                .addKeyValue("name", instance.getMetadata().getName())
                .addKeyValue("action", deed.action())
                .addKeyValue("way", way)
                .log("Approval used");
        write(
                instance,
                deed.digest(clock.instant().toEpochMilli()),
                "ApprovalUsed",
                "Approved by %s: %s".formatted(way, what));
    }

    private void write(PostgresInstance instance, String name, String reason, String message) {
        var event = new InstanceEvent(instance, InstanceEvent.NORMAL, reason, Excerpt.of(message))
                .at(clock.instant(), name.substring(0, NAME_PART));
        try {
            client.resource(event).create();
        } catch (KubernetesClientException e) {
            // The same question has the same name, and is there already.
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                LOG.atWarn()
                        .addKeyValue("namespace", instance.getMetadata().getNamespace())
                        .addKeyValue("name", instance.getMetadata().getName())
                        .addKeyValue("reason", reason)
                        .addKeyValue("why", e.getMessage())
                        .log("event not written");
            }
        }
    }
}
