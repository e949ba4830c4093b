package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** When the instance stops or ends by itself. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!(has(self.ttl) && has(self.expirationTime))",
        message = "ttl and expirationTime exclude each other: give one of them")
public record Lifecycle(
        @Size(max = 32)
        @Pattern(PATTERN)
        @ValidationRule(value = AT_LEAST_A_MINUTE, message = "ttl must be at least 1m")
        @JsonPropertyDescription("How long the instance lives from its creation on, such as 4h, 90m or 7d.")
        @Nullable
        String ttl,

        @Size(max = 64)
        @JsonPropertyDescription("When the instance's life ends, RFC 3339 such as 2030-01-31T18:00:00Z.")
        @Nullable
        String expirationTime,

        @Default("Delete")
        @JsonPropertyDescription("What happens then: Delete the resource (deletionPolicy decides about the data), or"
                + " Hibernate the instance.")
        ExpirationPolicy onExpiration,

        @Size(max = 32)
        @Pattern(PATTERN)
        @ValidationRule(value = AT_LEAST_A_MINUTE, message = "idleTimeout must be at least 1m")
        @JsonPropertyDescription("Hibernate the instance when no session but PgHerd's own was open for this long, such"
                + " as 15m. A query through PgHerd wakes it.")
        @Nullable
        String idleTimeout) {

    static final String PATTERN = "^([0-9]{1,6}[smhd])+$";
    private static final String AT_LEAST_A_MINUTE = "self.matches('(^|[smhd])0*[1-9][0-9]*[mhd]') ||"
            + " self.matches('(^|[smhd])0*([6-9][0-9]|[1-9][0-9][0-9]+)s')";

    @SuppressWarnings("ConstantValue") // Jackson passes null for what the user left out
    public Lifecycle {
        onExpiration = Objects.requireNonNullElse(onExpiration, ExpirationPolicy.Delete);
    }

    static Lifecycle defaults() {
        return new Lifecycle(null, null, ExpirationPolicy.Delete, null);
    }
}
