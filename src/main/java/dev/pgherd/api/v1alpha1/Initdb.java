package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/** A new, empty server with one database and the role that owns it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Initdb(
        @Default("app")
        @Size(min = 1, max = 63)
        @Pattern("^[a-z_][a-z0-9_-]*$")
        @JsonPropertyDescription("Name of the database.")
        @ValidationRule(
                value = "!(self in ['postgres', 'template0', 'template1'])",
                message = "database must not be postgres, template0 or template1")
        String database,

        @Default("app")
        @Size(min = 1, max = 63)
        @Pattern("^[a-z_][a-z0-9_-]*$")
        @JsonPropertyDescription("Name of the role that owns the database.")
        @ValidationRule(
                value = "self != 'postgres' && !self.startsWith('pg_') && !self.startsWith('pgherd_')",
                message = "owner must not be postgres and must not begin with pg_ or pgherd_")
        String owner,

        @Default("true") @JsonPropertyDescription("Whether data pages carry checksums.")
        Boolean dataChecksums) {

    public static final String DEFAULT_NAME = "app";

    @SuppressWarnings("ConstantValue") // Jackson passes null for what the user left out
    public Initdb {
        database = Objects.requireNonNullElse(database, DEFAULT_NAME);
        owner = Objects.requireNonNullElse(owner, DEFAULT_NAME);
        dataChecksums = Objects.requireNonNullElse(dataChecksums, true);
    }

    static Initdb defaults() {
        return new Initdb(DEFAULT_NAME, DEFAULT_NAME, true);
    }
}
