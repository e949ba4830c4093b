package dev.pgherd.operator;

import dev.pgherd.api.InstanceEvent;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.status.Announcement;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what happened to an instance as Events; the same again is counted, and a failure never fails a pass. */
final class Announcer {

    private static final Logger LOGGER = LoggerFactory.getLogger(Announcer.class);

    private final KubernetesClient client;
    private final Clock clock;

    Announcer(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    void announce(PostgresInstance instance, Announcement announcement) {
        try {
            publish(event(instance, announcement));
        } catch (KubernetesClientException e) {
            LOGGER.atWarn()
                    .addKeyValue("namespace", instance.getMetadata().getNamespace())
                    .addKeyValue("name", instance.getMetadata().getName())
                    .addKeyValue("reason", announcement.reason())
                    .addKeyValue("why", e.getMessage())
                    .log("event not written");
        }
    }

    private void publish(Event event) {
        var known = client.resource(event).get();
        if (known == null) {
            client.resource(event).create();
            return;
        }
        client.resource(known)
                .edit(present -> new EventBuilder(present)
                        .withCount(Objects.requireNonNullElse(present.getCount(), 1) + 1)
                        .withLastTimestamp(event.getLastTimestamp())
                        .build());
    }

    /** The same words about the same instance are the same Event. */
    private Event event(PostgresInstance instance, Announcement announcement) {
        var words = Objects.hash(instance.getMetadata().getUid(), announcement.reason(), announcement.message());
        var type = announcement.warning() ? InstanceEvent.WARNING : InstanceEvent.NORMAL;
        return new InstanceEvent(instance, type, announcement.reason(), announcement.message())
                .at(clock.instant(), "%08x".formatted(words));
    }
}
