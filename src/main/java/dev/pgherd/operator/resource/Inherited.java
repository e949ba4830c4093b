package dev.pgherd.operator.resource;

import dev.pgherd.api.v1alpha1.InheritedMetadata;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Labels and annotations that a child inherits. Pods and volume claims are made by Kubernetes and do not change with
 * their template, so they are changed in place; the names of what they inherited stand on them, for what is taken back.
 */
public final class Inherited {

    private static final String NAMES = "pgherd.dev/inherited";
    private static final String LABEL = "label:";
    private static final String ANNOTATION = "annotation:";

    private Inherited() {}

    /** Metadata with all that is inherited now and nothing that was inherited once; the child's own stays. */
    public static ObjectMeta onto(ObjectMeta metadata, PostgresInstance instance) {
        var wanted = instance.wish().inheritedMetadata();
        var labels = copy(metadata.getLabels());
        var annotations = copy(metadata.getAnnotations());
        names(annotations.remove(NAMES)).forEach(name -> {
            if (name.startsWith(LABEL)) {
                labels.remove(name.substring(LABEL.length()));
            } else {
                annotations.remove(name.substring(ANNOTATION.length()));
            }
        });
        labels.putAll(wanted.labels());
        annotations.putAll(wanted.annotations());
        var inherited = inherited(wanted);
        if (!inherited.isEmpty()) {
            annotations.put(NAMES, inherited);
        }
        return new ObjectMetaBuilder(metadata)
                .withLabels(labels)
                .withAnnotations(annotations)
                .build();
    }

    private static String inherited(InheritedMetadata wanted) {
        return Stream.concat(
                        wanted.labels().keySet().stream().map(LABEL::concat),
                        wanted.annotations().keySet().stream().map(ANNOTATION::concat))
                .collect(Collectors.joining(","));
    }

    private static Stream<String> names(@Nullable String list) {
        return list == null ? Stream.empty() : Arrays.stream(list.split(",", -1));
    }

    private static Map<String, String> copy(@Nullable Map<String, String> map) {
        return map == null ? new LinkedHashMap<>() : new LinkedHashMap<>(map);
    }
}
