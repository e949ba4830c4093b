package dev.pgherd.operator.dependent;

import dev.pgherd.api.Labels;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One informer for each kind of child, limited to what carries our label, and mapped to its instance by label: what is
 * kept after a deletion has no owner any more and is found again all the same.
 */
public final class Children {

    public static final String CONFIG_MAPS = "config-maps";
    public static final String SECRETS = "secrets";
    public static final String SERVICES = "services";
    public static final String STATEFUL_SETS = "stateful-sets";

    private Children() {}

    public static List<EventSource<?, PostgresInstance>> eventSources(EventSourceContext<PostgresInstance> context) {
        var children = Stream.<EventSource<?, PostgresInstance>>of(
                source(ConfigMap.class, CONFIG_MAPS, context),
                source(Secret.class, SECRETS, context),
                source(Service.class, SERVICES, context),
                source(StatefulSet.class, STATEFUL_SETS, context),
                source(Pod.class, "pods", context),
                source(PersistentVolumeClaim.class, "volume-claims", context));
        return Stream.concat(children, ChildEvents.sources(context)).toList();
    }

    /** A child by its name, as the informers know it. */
    public static <R extends HasMetadata> Optional<R> find(
            Context<PostgresInstance> context, Class<R> type, String name) {
        return stream(context, type)
                .filter(child -> child.getMetadata().getName().equals(name))
                .findFirst();
    }

    private static <R extends HasMetadata> Stream<R> stream(Context<PostgresInstance> context, Class<R> type) {
        return context.getSecondaryResourcesAsStream(type);
    }

    private static <R extends HasMetadata> EventSource<R, PostgresInstance> source(
            Class<R> type, String name, EventSourceContext<PostgresInstance> context) {
        var configuration = InformerEventSourceConfiguration.from(type, PostgresInstance.class)
                .withName(name)
                .withNamespacesInheritedFromController()
                .withLabelSelector(Labels.MANAGED_BY + "=" + Labels.PGHERD)
                .withSecondaryToPrimaryMapper(Children::instanceOf)
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    private static Set<ResourceID> instanceOf(HasMetadata child) {
        return Optional.ofNullable(child.getMetadata().getLabels())
                .map(labels -> labels.get(Labels.INSTANCE))
                .map(name -> Set.of(new ResourceID(name, child.getMetadata().getNamespace())))
                .orElse(Set.of());
    }
}
