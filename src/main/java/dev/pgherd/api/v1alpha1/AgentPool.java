package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How many connections each PgHerd holds to one instance, where that is not what its own settings say. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.maxOpenConnections) || !has(self.maxIdleConnections)"
                + " || self.maxIdleConnections <= self.maxOpenConnections",
        message = "maxIdleConnections must not be more than maxOpenConnections")
public record AgentPool(
        @Min(1)
        @Max(100)
        @JsonPropertyDescription("Connections for reading at most, and as many for writing; never more than"
                + " limits.maxConnections. PgHerd's own setting when absent.")
        @Nullable
        Integer maxOpenConnections,

        @Min(0)
        @Max(100)
        @JsonPropertyDescription(
                "Of these, how many stay open while nobody uses them. PgHerd's own setting when" + " absent.")
        @Nullable
        Integer maxIdleConnections) {

    static AgentPool usual() {
        return new AgentPool(null, null);
    }
}
