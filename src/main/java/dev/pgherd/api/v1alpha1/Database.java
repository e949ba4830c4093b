package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A further database of the server. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Database(
        @Required
        @Size(min = 1, max = 63)
        @Pattern("^[a-z_][a-z0-9_-]*$")
        @JsonPropertyDescription("Name of the database.")
        @ValidationRule(
                value = "!(self in ['postgres', 'template0', 'template1'])",
                message = "a database must not be postgres, template0 or template1")
        String name,

        @Size(min = 1, max = 63)
        @Pattern("^[a-z_][a-z0-9_-]*$")
        @JsonPropertyDescription("Role that owns the database; the owner of the instance's first database when absent."
                + " A role that is missing is created without a login. Whoever owns the first database can write in"
                + " the others, too.")
        @ValidationRule(
                value = "self != 'postgres' && !self.startsWith('pg_') && !self.startsWith('pgherd_')",
                message = "owner must not be postgres and must not begin with pg_ or pgherd_")
        @Nullable
        String owner,

        @JsonPropertyDescription(
                "Extensions in the database. One that is taken out of the list stays in the database. The"
                        + " functions of dblink, http and pg_net are kept from everybody but the owner.")
        List<Extension> extensions,

        @Default("Retain")
        @JsonPropertyDescription("What happens to the database when it is taken out of the list. Delete"
                + " drops what PgHerd created; a database that was there before it was listed is never dropped.")
        ReclaimPolicy reclaimPolicy) {

    @SuppressWarnings("ConstantValue") // Jackson passes null for what the user left out
    public Database {
        extensions = extensions == null ? List.of() : List.copyOf(extensions);
        reclaimPolicy = Objects.requireNonNullElse(reclaimPolicy, ReclaimPolicy.Retain);
    }
}
