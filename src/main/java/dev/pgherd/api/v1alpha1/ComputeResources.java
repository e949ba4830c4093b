package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** Requests and limits by resource name ({@code cpu}, {@code memory}, ...). */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ComputeResources(
        @JsonPropertyDescription("What is reserved for the container.")
        Map<String, Quantity> requests,

        @JsonPropertyDescription("What the container may use at most.")
        Map<String, Quantity> limits) {

    public ComputeResources {
        requests = Sorted.copy(requests);
        limits = Sorted.copy(limits);
    }

    static ComputeResources defaults() {
        return new ComputeResources(
                Map.of("cpu", new Quantity("100m"), "memory", new Quantity("256Mi")),
                Map.of("cpu", new Quantity("1"), "memory", new Quantity("512Mi")));
    }
}
