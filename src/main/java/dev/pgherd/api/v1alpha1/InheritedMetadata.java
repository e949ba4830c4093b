package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** Labels and annotations that everything gets which is created for the instance. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record InheritedMetadata(
        @JsonPropertyDescription("Labels of everything that is created for the instance.")
        @ValidationRule(
                value = NOT_OURS,
                message = "labels that begin with pgherd.dev/ or app.kubernetes.io/ are the operator's own")
        Map<String, String> labels,

        @JsonPropertyDescription("Annotations of everything that is created for the instance.")
        @ValidationRule(
                value = NOT_OURS,
                message = "annotations that begin with pgherd.dev/ or app.kubernetes.io/ are the operator's own")
        Map<String, String> annotations) {

    private static final String NOT_OURS =
            "self.all(k, !k.startsWith('pgherd.dev/') && !k.startsWith('app.kubernetes.io/'))";

    public InheritedMetadata {
        labels = Sorted.copy(labels);
        annotations = Sorted.copy(annotations);
    }

    static InheritedMetadata defaults() {
        return new InheritedMetadata(Map.of(), Map.of());
    }
}
