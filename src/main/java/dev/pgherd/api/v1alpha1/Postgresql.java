package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import java.util.Objects;

/** Configuration of the server. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Postgresql(
        @JsonPropertyDescription("Parameters of postgresql.conf. A change is applied by reload, or by one restart where"
                + " PostgreSQL asks for it. Names that the operator manages are refused.")
        @ValidationRule(
                value = "self.all(k, k.matches('^[a-z_][a-z0-9_]*([.][a-z_][a-z0-9_]*)?$'))",
                message = "parameter names are lower-case words, such as work_mem or auto_explain.log_min_duration")
        @ValidationRule(
                value = "self.all(k, !(k in ['listen_addresses', 'port', 'data_directory', 'hba_file',"
                        + " 'ident_file', 'config_file', 'external_pid_file', 'restore_command',"
                        + " 'primary_conninfo', 'logging_collector', 'log_destination', 'password_encryption',"
                        + " 'cluster_name', 'recovery_end_command',"
                        + " 'local_preload_libraries', 'session_preload_libraries', 'dynamic_library_path',"
                        + " 'jit_provider']) && !k.startsWith('include') && !k.startsWith('ssl') && !k.startsWith('unix_socket_')"
                        + " && !k.startsWith('archive_') && !k.startsWith('recovery_target')"
                        + " && !k.startsWith('pgherd.'))",
                message = "a parameter is managed by the operator and cannot be set: listen_addresses, port,"
                        + " data_directory, hba_file, ident_file, config_file, external_pid_file, ssl*,"
                        + " unix_socket_*, archive_*, restore_command, recovery_target*, primary_conninfo,"
                        + " logging_collector, log_destination, password_encryption, cluster_name,"
                        + " recovery_end_command, local_preload_libraries, session_preload_libraries,"
                        + " dynamic_library_path, jit_provider, include*, pgherd.*")
        @ValidationRule(
                value = "self.all(k, !self[k].contains('\\n') && !self[k].contains('\\r'))",
                message = "parameter values must not contain line breaks")
        Map<String, String> parameters,

        @Default("Automatic")
        @JsonPropertyDescription("What to do when a parameter needs a restart: restart the server once, or only report"
                + " it in status.pendingRestart.")
        RestartPolicy restartPolicy) {

    @SuppressWarnings("ConstantValue") // Jackson passes null for what the user left out
    public Postgresql {
        restartPolicy = Objects.requireNonNullElse(restartPolicy, RestartPolicy.Automatic);
        parameters = Sorted.copy(parameters);
    }

    static Postgresql defaults() {
        return new Postgresql(Map.of(), RestartPolicy.Automatic);
    }
}
