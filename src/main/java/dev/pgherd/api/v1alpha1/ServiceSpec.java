package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import java.util.Map;
import java.util.Objects;

/** The Service that applications connect to. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ServiceSpec(
        @Default("ClusterIP") @JsonPropertyDescription("Type of the Service.")
        ServiceType type,

        @JsonPropertyDescription("Annotations of the Service, such as those that a load balancer reads.")
        Map<String, String> annotations) {

    @SuppressWarnings("ConstantValue") // Jackson passes null for what the user left out
    public ServiceSpec {
        type = Objects.requireNonNullElse(type, ServiceType.ClusterIP);
        annotations = Sorted.copy(annotations);
    }

    static ServiceSpec defaults() {
        return new ServiceSpec(ServiceType.ClusterIP, Map.of());
    }
}
