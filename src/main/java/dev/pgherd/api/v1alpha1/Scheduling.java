package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the pod may run, in the words of a pod's spec. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Scheduling(
        @JsonPropertyDescription("Labels that a node must have.")
        Map<String, String> nodeSelector,

        @JsonPropertyDescription("Taints that the pod tolerates.")
        List<Toleration> tolerations,

        @JsonPropertyDescription("Affinity of the pod.") @Nullable
        Affinity affinity,

        @JsonPropertyDescription("How pods are spread over the cluster.")
        List<TopologySpreadConstraint> topologySpreadConstraints,

        @Size(max = 253) @JsonPropertyDescription("PriorityClass of the pod.") @Nullable
        String priorityClassName) {

    @SuppressWarnings("ConstantValue") // Jackson passes null for what the user left out
    public Scheduling {
        nodeSelector = Sorted.copy(nodeSelector);
        tolerations = tolerations == null ? List.of() : List.copyOf(tolerations);
        topologySpreadConstraints =
                topologySpreadConstraints == null ? List.of() : List.copyOf(topologySpreadConstraints);
    }

    static Scheduling defaults() {
        return new Scheduling(Map.of(), List.of(), null, List.of(), null);
    }
}
