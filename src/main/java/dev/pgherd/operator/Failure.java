package dev.pgherd.operator;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a failed pass is called in the status.
 *
 * @param reason CamelCase word for programs
 * @param message sentence for people and agents: the API server's own where it refused something
 */
record Failure(String reason, String message) {

    private static final int FORBIDDEN = 403;
    private static final int UNPROCESSABLE = 422;

    static Failure of(Exception exception) {
        return refusal(exception).orElseGet(() -> new Failure("ReconcileFailed", rootMessage(exception)));
    }

    private static Optional<Failure> refusal(Throwable exception) {
        return chain(exception)
                .filter(KubernetesClientException.class::isInstance)
                .map(KubernetesClientException.class::cast)
                .findFirst()
                .map(e -> new Failure(reason(e), message(e)));
    }

    private static String reason(KubernetesClientException refused) {
        if (refused.getCode() == FORBIDDEN && message(refused).contains("exceeded quota")) {
            return "QuotaExceeded";
        }
        return switch (refused.getCode()) {
            case FORBIDDEN -> "AdmissionDenied";
            case UNPROCESSABLE -> "InvalidSpec";
            default -> "ReconcileFailed";
        };
    }

    private static String message(KubernetesClientException refused) {
        return Optional.ofNullable(refused.getStatus())
                .map(status -> status.getMessage())
                .orElseGet(() -> String.valueOf(refused.getMessage()));
    }

    private static String rootMessage(Throwable exception) {
        return chain(exception)
                .reduce((outer, inner) -> inner)
                .map(Throwable::getMessage)
                .orElseGet(exception::toString);
    }

    /** An exception and its causes; those of a failed workflow hang on it as suppressed ones. */
    private static Stream<Throwable> chain(Throwable exception) {
        var inner = Stream.concat(Stream.ofNullable(exception.getCause()), Stream.of(exception.getSuppressed()));
        return Stream.concat(Stream.of(exception), inner.flatMap(Failure::chain));
    }
}
