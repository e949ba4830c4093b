package dev.pgherd.mcp.tool;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Says in a sentence why the Kubernetes API did not do what a tool asked.
 *
 * @param server where that API is; empty where nobody knows
 */
public record KubernetesFailure(String server) {

    private static final int UNREACHABLE = 0;
    /** What the client says where there was no connection. */
    private static final int NO_ANSWER = -1;

    public ToolResult.Failure describe(KubernetesClientException e) {
        var said = Optional.ofNullable(e.getStatus()).map(Status::getMessage).orElse("no reason was given");
        return new ToolResult.Failure(
                kind(e.getCode()),
                switch (e.getCode()) {
                    case UNREACHABLE, NO_ANSWER ->
                        "The Kubernetes API%s cannot be reached now (%s). Try again in a moment; if that does not help, start pgherd dev, name it with --data-dir, or check the kubeconfig."
                                .formatted(server.isEmpty() ? "" : " at " + server, cause(e));
                    case 401, 403 -> "PgHerd is not allowed to do this in Kubernetes: " + said;
                    case 404 ->
                        "Kubernetes does not know what was asked for: %s. Check the namespace; where the definition of PostgresInstance is missing, install it: pgherd crd | kubectl apply -f -"
                                .formatted(said);
                    case 400, 422 -> "Kubernetes refused it: " + said;
                    default -> "Kubernetes answered %d: %s".formatted(e.getCode(), said);
                });
    }

    private static String cause(KubernetesClientException e) {
        if (isOf(e, UnresolvedAddressException.class)) {
            return "unknown host";
        }
        if (isOf(e, SSLException.class)) {
            return "the encrypted connection failed, see its certificate";
        }
        return isOf(e, ConnectException.class) ? "connection refused" : "no answer";
    }

    private static boolean isOf(KubernetesClientException e, Class<? extends Exception> type) {
        return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .anyMatch(type::isInstance);
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
