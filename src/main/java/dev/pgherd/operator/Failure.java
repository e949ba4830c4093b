package dev.pgherd.operator;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.dependent.NameTakenException;
import dev.pgherd.operator.status.Refusal;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.AggregatedOperatorException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a failed pass is called in the status.
 *
 * @param reason CamelCase word for programs
 * @param message sentence for people and agents: the API server's own where it refused something
 */
record Failure(String reason, String message) {

    static final String QUOTA_EXCEEDED = "QuotaExceeded";

    private static final String NAME_TAKEN = "NameTaken";
    private static final String UNFORESEEN = "ReconcileFailed";
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;

    static Failure of(Exception exception) {
        return failure(exception).orElseGet(() -> new Failure(UNFORESEEN, rootMessage(exception)));
    }

    /** What the API server refuses for what the spec says, and will refuse again; empty for every other failure. */
    static Optional<Refusal> refusal(RuntimeException exception) {
        return failure(exception)
                .filter(failure -> !failure.reason().equals(UNFORESEEN))
                .map(failure -> new Refusal(failure.reason(), failure.message()));
    }

    /** Whether the pass failed because the instance was deleted while it ran: there is nobody to tell. */
    static boolean isOfOneThatIsGone(PostgresInstance instance, Exception exception) {
        return chain(exception)
                .filter(KubernetesClientException.class::isInstance)
                .map(KubernetesClientException.class::cast)
                .filter(e -> e.getCode() == NOT_FOUND)
                .flatMap(e -> Stream.ofNullable(e.getStatus()).map(Status::getDetails))
                .anyMatch(missing -> missing != null
                        && HasMetadata.getPlural(PostgresInstance.class).equals(missing.getKind())
                        && instance.getMetadata().getName().equals(missing.getName()));
    }

    private static Optional<Failure> failure(Throwable exception) {
        return nameTaken(exception).or(() -> refused(exception));
    }

    private static Optional<Failure> nameTaken(Throwable exception) {
        return chain(exception)
                .filter(NameTakenException.class::isInstance)
                .findFirst()
                .map(e -> new Failure(NAME_TAKEN, String.valueOf(e.getMessage())));
    }

    private static Optional<Failure> refused(Throwable exception) {
        return chain(exception)
                .filter(KubernetesClientException.class::isInstance)
                .map(KubernetesClientException.class::cast)
                .findFirst()
                .map(e -> new Failure(reason(e), message(e)));
    }

    private static String reason(KubernetesClientException refused) {
        if (refused.getCode() == FORBIDDEN && message(refused).contains("exceeded quota")) {
            return QUOTA_EXCEEDED;
        }
        return switch (refused.getCode()) {
            case FORBIDDEN -> "AdmissionDenied";
            case UNPROCESSABLE -> "InvalidSpec";
            default -> UNFORESEEN;
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
                .flatMap(message -> message.lines().findFirst())
                .orElseGet(exception::toString);
    }

    /** An exception and its causes; those of a failed workflow hang on it in a map. */
    private static Stream<Throwable> chain(Throwable exception) {
        var parts = exception instanceof AggregatedOperatorException aggregated
                ? aggregated.getAggregatedExceptions().values().stream()
                : Stream.<Throwable>of();
        var inner = Stream.concat(Stream.ofNullable(exception.getCause()), parts);
        return Stream.concat(Stream.of(exception), inner.flatMap(Failure::chain));
    }
}
