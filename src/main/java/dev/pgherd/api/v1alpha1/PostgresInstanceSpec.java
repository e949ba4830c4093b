package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the user asks for. Every field has a default: {@code spec: {}} is one PostgreSQL 17 with 1Gi. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(oldSelf.bootstrap) == has(self.bootstrap)",
        message = "bootstrap is immutable: it describes how the instance came to be")
public record PostgresInstanceSpec(
        @Min(14)
        @Max(18)
        @Default("17")
        @JsonPropertyDescription("Major version of PostgreSQL. Immutable.")
        @ValidationRule(
                value = "self == oldSelf",
                message = "postgresVersion cannot be changed yet: make a new instance of the other version and"
                        + " move the data with pg_dump")
        Integer postgresVersion,

        @JsonPropertyDescription(
                "Container image, a digest allowed; the official postgres:<postgresVersion> when empty.")
        @Nullable
        String imageName,

        @Default("{\"size\":\"1Gi\"}") @JsonPropertyDescription("The volume that holds the data.")
        Storage storage,

        @JsonPropertyDescription("CPU and memory of the PostgreSQL container; requests 100m and 256Mi, limits 1 and"
                + " 512Mi when absent.")
        ComputeResources resources,

        @JsonPropertyDescription("Configuration of the server.")
        Postgresql postgresql,

        @JsonPropertyDescription(
                "How the instance comes to be; a new server with database and owner 'app' when absent." + " Immutable.")
        @Nullable
        Bootstrap bootstrap,

        @Default("Retain")
        @JsonPropertyDescription("What happens to the volume and its Secrets when the resource is deleted.")
        DeletionPolicy deletionPolicy) {

    public static final int DEFAULT_VERSION = 17;

    @SuppressWarnings("ConstantValue") // Jackson passes null for what the user left out
    public PostgresInstanceSpec {
        postgresVersion = Objects.requireNonNullElse(postgresVersion, DEFAULT_VERSION);
        storage = Objects.requireNonNullElseGet(storage, Storage::defaults);
        resources = Objects.requireNonNullElseGet(resources, ComputeResources::defaults);
        postgresql = Objects.requireNonNullElseGet(postgresql, Postgresql::defaults);
        deletionPolicy = Objects.requireNonNullElse(deletionPolicy, DeletionPolicy.Retain);
    }

    /** What {@code spec: {}} means. */
    public static PostgresInstanceSpec defaults() {
        return new PostgresInstanceSpec(
                DEFAULT_VERSION,
                null,
                Storage.defaults(),
                ComputeResources.defaults(),
                Postgresql.defaults(),
                null,
                DeletionPolicy.Retain);
    }

    /** The image that runs: {@code imageName}, or the official one of the major version. */
    public String image() {
        return imageName == null || imageName.isBlank() ? "postgres:" + postgresVersion : imageName;
    }

    /** How a new data directory is made. */
    public Initdb initdb() {
        return bootstrap == null ? Initdb.defaults() : bootstrap.initdb();
    }
}
