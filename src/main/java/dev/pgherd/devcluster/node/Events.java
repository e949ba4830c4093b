package dev.pgherd.devcluster.node;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports what happens to objects as core/v1 Events, off the callers' threads; the same event again is counted. */
final class Events {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final KubernetesClient client;
    private final Clock clock;
    private final WorkQueue queue;

    Events(KubernetesClient client, Clock clock, WorkQueue queue) {
        this.client = client;
        this.clock = clock;
        this.queue = queue;
    }

    void normal(HasMetadata about, String component, String reason, String message) {
        report(about, component, "Normal", reason, message);
    }

    void warning(HasMetadata about, String component, String reason, String message) {
        report(about, component, "Warning", reason, message);
    }

    private void report(HasMetadata about, String component, String type, String reason, String message) {
        var fingerprint = Objects.hash(about.getMetadata().getUid(), component, type, reason, message);
        var name = about.getMetadata().getName() + "." + String.format(java.util.Locale.ROOT, "%08x", fingerprint);
        var at = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var event = event(about, component, type, reason, message, name, at);
        queue.add("event/" + about.getMetadata().getNamespace() + "/" + name, () -> publish(event));
    }

    private static Event event(
            HasMetadata about, String component, String type, String reason, String message, String name, String at) {
        var metadata = about.getMetadata();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(metadata.getNamespace())
                .withName(name)
                .endMetadata()
                .withInvolvedObject(new ObjectReferenceBuilder()
                        .withApiVersion(about.getApiVersion())
                        .withKind(about.getKind())
                        .withNamespace(metadata.getNamespace())
                        .withName(metadata.getName())
                        .withUid(metadata.getUid())
                        .build())
                .withType(type)
                .withReason(reason)
                .withMessage(message)
                .withNewSource()
                .withComponent(component)
                .endSource()
                .withReportingComponent(component)
                .withReportingInstance("")
                .withFirstTimestamp(at)
                .withLastTimestamp(at)
                .withCount(1)
                .build();
    }

    private void publish(Event event) {
        try {
            var known = client.resource(event).get();
            if (known == null) {
                client.resource(event).create();
            } else {
                var count = Objects.requireNonNullElse(known.getCount(), 1) + 1;
                client.resource(event)
                        .edit(it -> new EventBuilder(it)
                                .withCount(count)
                                .withLastTimestamp(event.getLastTimestamp())
                                .build());
            }
        } catch (RuntimeException e) {
            LOG.atDebug().addKeyValue("reason", event.getReason()).setCause(e).log("Event was not recorded");
        }
    }
}
