package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the operator last observed. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PostgresInstanceStatus(
        @JsonPropertyDescription("Generation of the spec that this status describes.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("One word for people; programs read the conditions.") @Nullable
        Phase phase,

        @JsonPropertyDescription("What is true of the instance now.")
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
        Integer readyInstances,

        @JsonPropertyDescription("The volume as it is.") @Nullable
        StorageStatus storage,

        @JsonPropertyDescription("Parameters that take effect with a restart.")
        List<String> pendingRestart,

        @JsonPropertyDescription("When the instance's life ends, from spec.lifecycle.") @Nullable
        String expirationTime,

        @JsonPropertyDescription("When a session other than PgHerd's own was last seen; kept while idleTimeout is set.")
        @Nullable
        String lastActivityTime,

        @JsonPropertyDescription("The last change of the major version, or the one at work.") @Nullable
        Upgrade upgrade) {

    @SuppressWarnings("ConstantValue") // Jackson passes null for what is not there
    public PostgresInstanceStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        pendingRestart = pendingRestart == null ? List.of() : List.copyOf(pendingRestart);
    }

    /** The major version of the data, as the server last reported it; empty until one has. */
    public Optional<Integer> majorVersion() {
        return Optional.ofNullable(postgresVersion).map(version -> Integer.valueOf(version.replaceFirst("\\D.*", "")));
    }

    /** This status with other news, and all that it knows besides. */
    public PostgresInstanceStatus with(long generation, @Nullable Phase other, List<Condition> news) {
        return with(generation, other, news, upgrade);
    }

    /** This status with a change of the major version, and the condition that tells of it. */
    public PostgresInstanceStatus with(@Nullable Upgrade other, Optional<Condition> told) {
        var rest = conditions.stream().filter(c -> !c.type().equals(Condition.UPGRADED));
        return with(
                observedGeneration, phase, Stream.concat(rest, told.stream()).toList(), other);
    }

    private PostgresInstanceStatus with(
            @Nullable Long generation,
            @Nullable Phase otherPhase,
            List<Condition> otherConditions,
            @Nullable Upgrade otherUpgrade) {
        return new PostgresInstanceStatus(
                generation,
                otherPhase,
                otherConditions,
                endpoint,
                binding,
                agentBinding,
                postgresVersion,
                image,
                selector,
                readyInstances,
                storage,
                pendingRestart,
                expirationTime,
                lastActivityTime,
                otherUpgrade);
    }

    public Optional<Condition> condition(String type) {
        return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
    }

    /** Whether a condition of that type is there and True. */
    public boolean met(String type) {
        return condition(type).map(Condition::met).orElse(false);
    }
}
