package dev.pgherd.operator.resource;

import dev.pgherd.api.Labels;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/** Name, labels and owner of an instance's children. */
final class ChildMetadata {

    static final String PRIMARY = "primary";

    private ChildMetadata() {}

    /** Metadata of a child that is deleted with the instance. */
    static ObjectMeta owned(PostgresInstance instance, String name, String component) {
        return new ObjectMetaBuilder(free(instance, name, component))
                .withOwnerReferences(owner(instance))
                .build();
    }

    /** Metadata of a child that outlives the instance. */
    static ObjectMeta free(PostgresInstance instance, String name, String component) {
        var metadata = new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(instance.getMetadata().getNamespace())
                .withLabels(labels(instance, component))
                .build();
        return inheriting(metadata, instance);
    }

    /** What the instance hands down, beside the child's own; the API lets nobody hand down a name that is ours. */
    private static ObjectMeta inheriting(ObjectMeta metadata, PostgresInstance instance) {
        var inherited = instance.wish().inheritedMetadata();
        return new ObjectMetaBuilder(metadata)
                .addToLabels(inherited.labels())
                .addToAnnotations(inherited.annotations())
                .build();
    }

    static Map<String, String> labels(PostgresInstance instance, String component) {
        var labels = new LinkedHashMap<String, String>();
        labels.put("app.kubernetes.io/name", "postgresql");
        labels.put("app.kubernetes.io/instance", instance.getMetadata().getName());
        labels.put(Labels.COMPONENT, component);
        labels.put(Labels.MANAGED_BY, Labels.PGHERD);
        labels.put(Labels.INSTANCE, instance.getMetadata().getName());
        return labels;
    }

    /** Selects the instance's pods; immutable in a StatefulSet, so it must never depend on more than the name. */
    static Map<String, String> selector(PostgresInstance instance) {
        return Map.of(Labels.INSTANCE, instance.getMetadata().getName());
    }

    /** Selects the pod that takes writes. */
    static Map<String, String> primarySelector(PostgresInstance instance) {
        var selector = new LinkedHashMap<String, String>();
        selector.put(Labels.INSTANCE, instance.getMetadata().getName());
        selector.put(Labels.ROLE, PRIMARY);
        return selector;
    }

    private static OwnerReference owner(PostgresInstance instance) {
        return new OwnerReferenceBuilder()
                .withApiVersion(instance.getApiVersion())
                .withKind(instance.getKind())
                .withName(instance.getMetadata().getName())
                .withUid(instance.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }
}
