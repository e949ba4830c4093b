package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What agents may do here at most. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.allowDDL) || !self.allowDDL || !has(self.mode) || self.mode == 'ReadWrite'",
        message = "allowDDL needs mode ReadWrite")
public record AgentAccess(
        @Default("ReadWrite")
        @JsonPropertyDescription(
                "Disabled: agents cannot log in. ReadOnly: they can query. ReadWrite: they can also" + " write rows.")
        AgentMode mode,

        @JsonPropertyDescription("Whether agents may create tables and views, and change and drop their own. As mode"
                + " ReadWrite has it when absent: true. When it becomes false, what they made goes to the owner.")
        @Nullable
        Boolean allowDDL,

        @ValidationRule(
                value = "self.all(s, !s.startsWith('pg_') && !(s in ['information_schema', 'pgherd']))",
                message = "schemas are those of users: neither information_schema nor pgherd, nor what begins with pg_")
        @JsonPropertyDescription("The schemas that agents see; all of the users' own when empty.")
        List<String> schemas,

        @JsonPropertyDescription("What agents do not get at.")
        BlockedObjects blocked,

        @Default("true") @JsonPropertyDescription("Whether agents may look at plans with EXPLAIN.")
        Boolean allowExplain,

        @Size(max = 3)
        @JsonPropertyDescription("What agents may do only after a person has approved that very call. Delete: drop the"
                + " instance, or make it expire. DDL: statements that define things. Write: statements that change rows."
                + " A statement that may be either needs approval for both.")
        List<ApprovableAction> requireApproval,

        @JsonPropertyDescription("Limits below those of PgHerd itself.")
        AgentLimits limits,

        @JsonPropertyDescription("Connections that PgHerd holds for agents.")
        AgentPool pool) {

    @SuppressWarnings("ConstantValue") // Jackson passes null for what the user left out
    public AgentAccess {
        mode = Objects.requireNonNullElse(mode, AgentMode.ReadWrite);
        schemas = schemas == null ? List.of() : List.copyOf(schemas);
        blocked = Objects.requireNonNullElseGet(blocked, BlockedObjects::none);
        allowExplain = Objects.requireNonNullElse(allowExplain, true);
        requireApproval = requireApproval == null ? List.of() : List.copyOf(requireApproval);
        limits = Objects.requireNonNullElseGet(limits, AgentLimits::none);
        pool = Objects.requireNonNullElseGet(pool, AgentPool::usual);
    }

    /** What holds where the spec says nothing: reading, writing, making tables. */
    public static AgentAccess open() {
        return new AgentAccess(
                AgentMode.ReadWrite,
                null,
                List.of(),
                BlockedObjects.none(),
                true,
                List.of(),
                AgentLimits.none(),
                AgentPool.usual());
    }

    public boolean mayRead() {
        return mode != AgentMode.Disabled;
    }

    public boolean mayWrite() {
        return mode == AgentMode.ReadWrite;
    }

    public boolean mayDefine() {
        return mayWrite() && (allowDDL == null || allowDDL);
    }

    /** Whether agents see less than every table there is. */
    public boolean restricted() {
        return !schemas.isEmpty() || blocked.any();
    }
}
