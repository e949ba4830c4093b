package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the operator last observed. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PostgresInstanceStatus(
        @JsonPropertyDescription("Generation of the spec that this status describes.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("One word for people; programs read the conditions.") @Nullable
        Phase phase,

        @JsonPropertyDescription("What is true of the instance now: Ready, Available.")
        List<Condition> conditions,

        @JsonPropertyDescription("Where the server listens inside the cluster.") @Nullable
        Endpoint endpoint,

        @JsonPropertyDescription(
                "Secret with everything an application needs to connect (servicebinding.io Provisioned" + " Service).")
        @Nullable
        SecretReference binding,

        @JsonPropertyDescription("Secret with the login roles through which PgHerd runs agents' statements; for"
                + " programs, never shown to an agent.")
        @Nullable
        SecretReference agentBinding,

        @JsonPropertyDescription("Version that the server reports, such as 17.6.") @Nullable
        String postgresVersion,

        @JsonPropertyDescription("Container image in use.") @Nullable
        String image,

        @JsonPropertyDescription("Label selector of the instance's pods.") @Nullable
        String selector,

        @JsonPropertyDescription("Servers that accept connections.") @Nullable
        Integer readyInstances) {

    @SuppressWarnings("ConstantValue") // Jackson passes null for what is not there
    public PostgresInstanceStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }

    public Optional<Condition> condition(String type) {
        return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
    }

    /** Whether a condition of that type is there and True. */
    public boolean met(String type) {
        return condition(type).map(Condition::met).orElse(false);
    }
}
