package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How much one instance gives its agents, where that is less than PgHerd's own limits. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AgentLimits(
        @Size(max = 32)
        @Pattern(Lifecycle.PATTERN)
        @ValidationRule(value = "self.matches('(^|[smhd])0*[1-9]')", message = "statementTimeout must be at least 1s")
        @JsonPropertyDescription("How long one statement may run, such as 5s.")
        @Nullable
        String statementTimeout,

        @Min(1) @Max(100_000) @JsonPropertyDescription("Rows of one result.") @Nullable
        Integer maxRows,

        @Min(1024) @Max(67_108_864) @JsonPropertyDescription("Bytes of one result.") @Nullable
        Integer maxResultBytes,

        @Min(1)
        @Max(1000)
        @JsonPropertyDescription("Connections of each of the two agents' roles, of all replicas of PgHerd together; 30"
                + " when absent.")
        @Nullable
        Integer maxConnections,

        @Min(1) @Max(100_000) @JsonPropertyDescription("Statements a minute, of all callers together.") @Nullable
        Integer queriesPerMinute) {

    /** Of each of the two roles, where nothing is said. */
    public static final int USUAL_CONNECTIONS = 30;

    static AgentLimits none() {
        return new AgentLimits(null, null, null, null, null);
    }

    /** The time that one statement has, where the instance says so. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(statementTimeout).map(TimeSpan::parse);
    }
}
