package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the user asks for. Every field has a default: {@code spec: {}} is one PostgreSQL 17 with 1Gi. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(oldSelf.bootstrap) == has(self.bootstrap)",
        message = "bootstrap is immutable: it describes how the instance came to be")
@ValidationRule(
        value = "has(oldSelf.external) == has(self.external)",
        message = "external is immutable: a managed instance and a registered server do not become each other")
@ValidationRule(
        value = "!(has(self.deletionProtection) && self.deletionProtection && has(self.lifecycle)"
                + " && (has(self.lifecycle.ttl) || has(self.lifecycle.expirationTime))"
                + " && (!has(self.lifecycle.onExpiration) || self.lifecycle.onExpiration == 'Delete'))",
        message = "deletionProtection contradicts an expiration that deletes: set lifecycle.onExpiration to Hibernate,"
                + " or leave one of the two out")
@ValidationRule(
        value = "!has(self.external) || !(has(self.bootstrap) || (has(self.databases) && size(self.databases) > 0)"
                + " || (has(self.hibernated) && self.hibernated)"
                + " || (has(self.lifecycle) && (has(self.lifecycle.idleTimeout)"
                + " || (has(self.lifecycle.onExpiration) && self.lifecycle.onExpiration == 'Hibernate'))))",
        message = "external names a server that PgHerd does not run: bootstrap, databases, hibernated,"
                + " lifecycle.idleTimeout and onExpiration Hibernate do not apply to it")
public record PostgresInstanceSpec(
        @Min(14)
        @Max(18)
        @Default("17")
        @JsonPropertyDescription("Major version of PostgreSQL. A higher one upgrades the data; never lower than what"
                + " status.postgresVersion reports.")
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
        DeletionPolicy deletionPolicy,

        @Default("false") @JsonPropertyDescription("While true, the deletion of the resource is refused.")
        Boolean deletionProtection,

        @Default("false") @JsonPropertyDescription("While true, no server runs; the volume and everything else stay.")
        Boolean hibernated,

        @JsonPropertyDescription("When the instance stops or ends by itself.")
        Lifecycle lifecycle,

        @JsonPropertyDescription("What agents may do here at most: by default read and write every table, and make"
                + " tables in public.")
        AgentAccess agentAccess,

        @JsonPropertyDescription("A server that PgHerd does not run, only registers: nothing is created for it.")
        @Nullable
        External external,

        @JsonPropertyDescription("Further databases of the server.")
        List<Database> databases,

        @JsonPropertyDescription("How the data get to a higher postgresVersion.")
        MajorUpgrade majorUpgrade,

        @JsonPropertyDescription("The Service that applications connect to.")
        ServiceSpec service,

        @JsonPropertyDescription("Where the pod may run.") Scheduling scheduling,

        @JsonPropertyDescription("Labels and annotations of everything that is created for the instance.")
        InheritedMetadata inheritedMetadata,

        @Default("false") @JsonPropertyDescription("While true, the operator leaves everything as it is.")
        Boolean paused) {

    public static final int DEFAULT_VERSION = 17;

    @SuppressWarnings("ConstantValue") // Jackson passes null for what the user left out
    public PostgresInstanceSpec {
        postgresVersion = Objects.requireNonNullElse(postgresVersion, DEFAULT_VERSION);
        storage = Objects.requireNonNullElseGet(storage, Storage::defaults);
        resources = Objects.requireNonNullElseGet(resources, ComputeResources::defaults);
        postgresql = Objects.requireNonNullElseGet(postgresql, Postgresql::defaults);
        deletionPolicy = Objects.requireNonNullElse(deletionPolicy, DeletionPolicy.Retain);
        deletionProtection = Objects.requireNonNullElse(deletionProtection, false);
        hibernated = Objects.requireNonNullElse(hibernated, false);
        lifecycle = Objects.requireNonNullElseGet(lifecycle, Lifecycle::defaults);
        agentAccess = Objects.requireNonNullElseGet(agentAccess, AgentAccess::open);
        databases = databases == null ? List.of() : List.copyOf(databases);
        majorUpgrade = Objects.requireNonNullElseGet(majorUpgrade, MajorUpgrade::defaults);
        service = Objects.requireNonNullElseGet(service, ServiceSpec::defaults);
        scheduling = Objects.requireNonNullElseGet(scheduling, Scheduling::defaults);
        inheritedMetadata = Objects.requireNonNullElseGet(inheritedMetadata, InheritedMetadata::defaults);
        paused = Objects.requireNonNullElse(paused, false);
    }

    /** What {@code spec: {}} means. */
    public static PostgresInstanceSpec defaults() {
        return Serialization.unmarshal("{}", PostgresInstanceSpec.class);
    }

    /** The image that runs: {@code imageName}, or the official one of the major version. */
    public String image() {
        return imageName == null || imageName.isBlank() ? "postgres:" + postgresVersion : imageName;
    }

    /** The image in which pg_upgrade runs. */
    public String upgradeImage() {
        return majorUpgrade.image().orElseGet(this::image);
    }

    /** How a new data directory is made. */
    public Initdb initdb() {
        return bootstrap == null ? Initdb.defaults() : bootstrap.initdb();
    }
}
