package dev.pgherd.operator.resource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What tells a pod of the present template from an earlier one: the pod's spec and the last restart that was asked for.
 * Labels and annotations are no part of it, so a change of them restarts no database.
 */
public record TemplateVersion(Map<String, String> annotations) {

    /** Annotation on an instance: each new value restarts the server once. */
    public static final String RESTART = "pgherd.dev/restart-requested-at";

    /** Annotation on the pod template: fingerprint of the pod's spec. */
    private static final String POD_SPEC = "pgherd.dev/pod-spec";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    public TemplateVersion {
        annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
    }

    static TemplateVersion of(PostgresInstance instance, PodSpec spec) {
        var annotations = new TreeMap<String, String>();
        annotations.put(POD_SPEC, fingerprint(spec));
        annotation(instance.getMetadata(), RESTART).ifPresent(at -> annotations.put(RESTART, at));
        return new TemplateVersion(annotations);
    }

    /** That of the pods which a StatefulSet makes from now on. */
    public static TemplateVersion of(StatefulSet statefulSet) {
        return of(statefulSet.getSpec().getTemplate().getMetadata());
    }

    /** Whether a pod was made from this version; a restart that nobody asks for any more is no reason for one. */
    public boolean isOf(HasMetadata pod) {
        return of(pod.getMetadata()).annotations.entrySet().containsAll(annotations.entrySet());
    }

    private static TemplateVersion of(ObjectMeta metadata) {
        var annotations = new TreeMap<String, String>();
        annotation(metadata, POD_SPEC).ifPresent(spec -> annotations.put(POD_SPEC, spec));
        annotation(metadata, RESTART).ifPresent(at -> annotations.put(RESTART, at));
        return new TemplateVersion(annotations);
    }

    private static Optional<String> annotation(ObjectMeta metadata, String name) {
        return Optional.ofNullable(metadata.getAnnotations()).map(annotations -> annotations.get(name));
    }

    private static String fingerprint(PodSpec spec) {
        try {
            return Fingerprint.of(JSON.writeValueAsString(spec));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a pod's spec is always JSON", e);
        }
    }
}
