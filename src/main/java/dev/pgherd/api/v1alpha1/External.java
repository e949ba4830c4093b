package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/** A server that PgHerd does not run, only registers. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record External(
        @Required
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("DNS name or address of the server.")
        @ValidationRule(
                value = "self.matches('^[A-Za-z0-9]([A-Za-z0-9.:_-]*[A-Za-z0-9])?$')",
                message = "host must be a DNS name or an IP address, without scheme, port or path")
        String host,

        @Min(1) @Max(65535) @Default("5432") @JsonPropertyDescription("Port of the server.")
        Integer port,

        @Required @Size(min = 1, max = 63) @JsonPropertyDescription("Database to connect to.")
        String database,

        @Default("prefer")
        @JsonPropertyDescription("How the connection is encrypted and verified, in libpq's words.")
        @ValidationRule(
                value = "self in ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']",
                message = "sslMode must be disable, allow, prefer, require, verify-ca or verify-full")
        String sslMode,

        @Required @JsonPropertyDescription("Secret in the same namespace with the keys username and password.")
        SecretReference credentialsSecret) {

    public static final int DEFAULT_PORT = 5432;
    public static final String DEFAULT_SSL_MODE = "prefer";

    @SuppressWarnings("ConstantValue") // Jackson passes null for what the user left out
    public External {
        port = Objects.requireNonNullElse(port, DEFAULT_PORT);
        sslMode = Objects.requireNonNullElse(sslMode, DEFAULT_SSL_MODE);
    }
}
