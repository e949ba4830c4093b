package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Requests and limits by resource name ({@code cpu}, {@code memory}, ...). */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ComputeResources(
        @JsonPropertyDescription("What is reserved for the container.")
        Map<String, Quantity> requests,

        @JsonPropertyDescription("What the container may use at most.")
        Map<String, Quantity> limits) {

    public ComputeResources {
        requests = sorted(requests);
        limits = sorted(limits);
    }

    static ComputeResources defaults() {
        return new ComputeResources(
                Map.of("cpu", new Quantity("100m"), "memory", new Quantity("256Mi")),
                Map.of("cpu", new Quantity("1"), "memory", new Quantity("512Mi")));
    }

    private static Map<String, Quantity> sorted(@Nullable Map<String, Quantity> quantities) {
        return quantities == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(quantities));
    }
}
