package dev.pgherd.api;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Something that happened to an instance, as people find it beside that.
 *
 * @param type Normal or Warning
 */
public record InstanceEvent(PostgresInstance instance, String type, String reason, String message) {

    public static final String NORMAL = "Normal";
    public static final String WARNING = "Warning";

    private static final String COMPONENT = "pgherd";

    /** For Kubernetes; what has the same suffix is the same Event. */
    public Event at(Instant time, String suffix) {
        var about = instance.getMetadata();
        var at = time.truncatedTo(ChronoUnit.SECONDS).toString();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(about.getNamespace())
                .withName("%s.%s".formatted(about.getName(), suffix))
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(instance.getApiVersion())
                .withKind(instance.getKind())
                .withNamespace(about.getNamespace())
                .withName(about.getName())
                .withUid(about.getUid())
                .endInvolvedObject()
                .withType(type)
                .withReason(reason)
                .withMessage(message)
                .withNewSource()
                .withComponent(COMPONENT)
                .endSource()
                .withReportingComponent(COMPONENT)
                .withReportingInstance("")
                .withFirstTimestamp(at)
                .withLastTimestamp(at)
                .withCount(1)
                .build();
    }
}
