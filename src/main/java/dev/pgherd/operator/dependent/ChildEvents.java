package dev.pgherd.operator.dependent;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.resource.InstanceNames;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.FieldSelector;
import io.javaoperatorsdk.operator.api.config.informer.FieldSelector.Field;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the cluster says about the children. Watched, not listed: however many instances are in trouble, the API serves
 * the same few watches. Each is limited to the kind and the words that a cause is read from, since Events carry none
 * of our labels.
 */
public final class ChildEvents {

    private static final String KIND = "involvedObject.kind";
    private static final String REASON = "reason";

    private ChildEvents() {}

    static Stream<EventSource<?, PostgresInstance>> sources(EventSourceContext<PostgresInstance> context) {
        return Stream.of(
                source("events-of-stateful-sets", context, new Field(KIND, "StatefulSet")),
                source(
                        "events-of-volume-claims",
                        context,
                        new Field(KIND, "PersistentVolumeClaim"),
                        new Field("type", "Warning")),
                source("events-of-mounts", context, new Field(KIND, "Pod"), new Field(REASON, "FailedMount")),
                source("events-of-volumes", context, new Field(KIND, "Pod"), new Field(REASON, "FailedAttachVolume")));
    }

    /** Oldest first, and of these very children: one of the same name may have had its troubles before. */
    public static List<Event> about(Context<PostgresInstance> context, Stream<? extends HasMetadata> children) {
        var uids = children.map(child -> child.getMetadata().getUid()).collect(Collectors.toSet());
        return context.getSecondaryResourcesAsStream(Event.class)
                .filter(event -> uids.contains(event.getInvolvedObject().getUid()))
                .sorted(Comparator.comparing(ChildEvents::time))
                .toList();
    }

    private static String time(Event event) {
        return Stream.of(event.getLastTimestamp(), event.getFirstTimestamp())
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElseGet(() -> event.getMetadata().getCreationTimestamp());
    }

    private static EventSource<Event, PostgresInstance> source(
            String name, EventSourceContext<PostgresInstance> context, Field... fields) {
        var configuration = InformerEventSourceConfiguration.from(Event.class, PostgresInstance.class)
                .withName(name)
                .withNamespacesInheritedFromController()
                .withFieldSelector(new FieldSelector(fields))
                .withSecondaryToPrimaryMapper(ChildEvents::instanceOf)
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    private static Set<ResourceID> instanceOf(Event event) {
        var about = event.getInvolvedObject();
        return InstanceNames.ofChild(about.getKind(), about.getName())
                .map(names -> Set.of(new ResourceID(names.instance(), about.getNamespace())))
                .orElse(Set.of());
    }
}
