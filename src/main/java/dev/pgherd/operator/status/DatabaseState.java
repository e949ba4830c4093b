package dev.pgherd.operator.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the operator learned by logging in to the server. */
public sealed interface DatabaseState {

    /** There was no running server to log in to. */
    record NotAsked() implements DatabaseState {}

    /** The operator could not log in or its statement failed. */
    record Unreachable(String message) implements DatabaseState {}

    /** The server knows another password than the superuser's Secret has. */
    record Locked(String message) implements DatabaseState {}

    /**
     * The operator logged in, ran its statements, and found this.
     *
     * @param problems about single databases
     * @param lastActivity when somebody else used the server; asked only where an idleTimeout is set
     * @param changes what was done with databases in this pass
     */
    record Reached(
            String version,
            Configuration configuration,
            List<DatabaseProblem> problems,
            Optional<Instant> lastActivity,
            List<DatabaseChange> changes)
            implements DatabaseState {

        public Reached {
            problems = List.copyOf(problems);
            changes = List.copyOf(changes);
        }

        public Reached(String version, Configuration configuration) {
            this(version, configuration, List.of());
        }

        public Reached(String version, Configuration configuration, List<DatabaseProblem> problems) {
            this(version, configuration, problems, Optional.empty(), List.of());
        }
    }

    /** How far the server's configuration is what the spec asks for. */
    sealed interface Configuration {

        /** All of it is in force. */
        record Applied() implements Configuration {}

        /** The new file has not reached the server yet. */
        record Spreading() implements Configuration {}

        /** These parameters take effect with a restart. */
        record RestartPending(List<String> parameters) implements Configuration {

            public RestartPending {
                parameters = List.copyOf(parameters);
            }
        }

        /** PostgreSQL refuses what the file says; each entry names a parameter and why. */
        record Invalid(List<String> problems) implements Configuration {

            public Invalid {
                problems = List.copyOf(problems);
            }
        }
    }
}
