package dev.pgherd.mcp.tool;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Says in a sentence why the Kubernetes API did not do what a tool asked. */
public final class KubernetesFailure {

    private static final int UNREACHABLE = 0;
    /** What the client says where there was no connection. */
    private static final int NO_ANSWER = -1;

    private KubernetesFailure() {}

    public static ToolResult.Failure describe(KubernetesClientException e) {
        var said = Optional.ofNullable(e.getStatus()).map(Status::getMessage).orElse("no reason was given");
        return new ToolResult.Failure(
                kind(e.getCode()),
                switch (e.getCode()) {
                    case UNREACHABLE, NO_ANSWER ->
                        "The Kubernetes API cannot be reached now (%s). Try again in a moment; if that does not help, start pgherd dev, name it with --data-dir, or check the kubeconfig."
                                .formatted(cause(e));
                    case 401, 403 -> "PgHerd is not allowed to do this in Kubernetes: " + said;
                    case 404 ->
                        "Kubernetes does not know what was asked for: %s. Check the namespace; where the definition of PostgresInstance is missing, install it: pgherd crd | kubectl apply -f -"
                                .formatted(said);
                    case 400, 422 -> "Kubernetes refused it: " + said;
                    default -> "Kubernetes answered %d: %s".formatted(e.getCode(), said);
                });
    }

    private static String cause(KubernetesClientException e) {
        return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .filter(ConnectException.class::isInstance)
                .findFirst()
                .map(refused -> "connection refused")
                .orElse("no answer");
    }

    private static FailureKind kind(int code) {
        return switch (code) {
            case UNREACHABLE, NO_ANSWER, 429 -> FailureKind.UNAVAILABLE;
            case 400, 422 -> FailureKind.INVALID;
            case 401, 403 -> FailureKind.FORBIDDEN;
            case 404 -> FailureKind.NOT_FOUND;
            case 409 -> FailureKind.CONFLICT;
            default -> code >= 500 ? FailureKind.UNAVAILABLE : FailureKind.FAILED;
        };
    }
}
