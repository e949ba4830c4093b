package dev.pgherd.mcp.tool;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** Says in a sentence why the Kubernetes API did not do what a tool asked. */
public final class KubernetesFailure {

    private static final int UNREACHABLE = 0;

    private KubernetesFailure() {}

    public static ToolResult.Failure describe(KubernetesClientException e) {
        var said = Optional.ofNullable(e.getStatus()).map(Status::getMessage).orElse("no reason was given");
        return new ToolResult.Failure(
                kind(e.getCode()),
                switch (e.getCode()) {
                    case UNREACHABLE -> "The Kubernetes API cannot be reached now; try again in a moment.";
                    case 401, 403 -> "PgHerd is not allowed to do this in Kubernetes: " + said;
                    case 404 ->
                        "Kubernetes does not know what was asked for: %s. Is the PostgresInstance definition"
                                        .formatted(said)
                                + " installed, and the namespace right?";
                    case 400, 422 -> "Kubernetes refused it: " + said;
                    default -> "Kubernetes answered %d: %s".formatted(e.getCode(), said);
                });
    }

    private static FailureKind kind(int code) {
        return switch (code) {
            case UNREACHABLE, 429 -> FailureKind.UNAVAILABLE;
            case 400, 422 -> FailureKind.INVALID;
            case 401, 403 -> FailureKind.FORBIDDEN;
            case 404 -> FailureKind.NOT_FOUND;
            case 409 -> FailureKind.CONFLICT;
            default -> code >= 500 ? FailureKind.UNAVAILABLE : FailureKind.FAILED;
        };
    }
}
