package dev.pgherd.operator.status;

/** What the operator learned of a server that it does not run. */
public sealed interface ExternalState {

    /** The Secret is missing, incomplete, or not what the server accepts. */
    record SecretInvalid(String message) implements ExternalState {}

    /** The server does not answer. */
    record Unreachable(String message) implements ExternalState {}

    /**
     * The operator logged in.
     *
     * @param advice what whoever registered it should know; empty where there is nothing
     */
    record Reached(String version, String advice) implements ExternalState {}
}
