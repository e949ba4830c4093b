package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** How a call ended. */
public sealed interface ToolResult {

    /**
     * It did what was asked.
     *
     * @param structured conforms to the tool's output schema
     * @param texts the same for models that read only text, brief; apart where the first is to be read by programs too
     * @param instances those that it tells of, in the same order, for callers in this program that show more of them
     */
    record Success(ObjectNode structured, List<String> texts, List<PostgresInstance> instances) implements ToolResult {

        public Success {
            texts = List.copyOf(texts);
            instances = List.copyOf(instances);
        }

        public Success(ObjectNode structured, List<String> texts) {
            this(structured, texts, List.of());
        }

        public Success(ObjectNode structured, String text) {
            this(structured, List.of(text));
        }
    }

    /**
     * It did not.
     *
     * @param kind what programs go by
     * @param message says why and what to do next
     * @param refusal the word for what was wrong with a statement that PgHerd did not send; else empty
     * @param retryAfter when the same call may succeed, where that is known; else zero
     */
    record Failure(FailureKind kind, String message, String refusal, Duration retryAfter) implements ToolResult {

        /** Refusals of statements that nobody could run as they are. */
        private static final Set<String> MISTAKES = Set.of(
                "empty",
                "unknown-command",
                "several-statements",
                "invalid-text",
                "wrong-parameters",
                "too-large",
                "unreadable");

        public Failure(FailureKind kind, String message) {
            this(kind, message, "", Duration.ZERO);
        }

        /** A statement that PgHerd did not send. */
        static Failure refused(String message, String refusal) {
            var kind = MISTAKES.contains(refusal) ? FailureKind.INVALID : FailureKind.FORBIDDEN;
            return new Failure(kind, message, refusal, Duration.ZERO);
        }

        /** For a call that was one too many; says when there may be another. */
        public static Failure limited(String message, Duration retryAfter) {
            var failure = new Failure(FailureKind.LIMITED, message, "", retryAfter);
            return new Failure(
                    FailureKind.LIMITED,
                    "%s Try again in %d s.".formatted(message, failure.retryAfterSeconds()),
                    "",
                    retryAfter);
        }

        /** The same in other words. */
        Failure saying(String words) {
            return new Failure(kind, words, refusal, retryAfter);
        }

        /** Rounded up: whoever comes earlier comes in vain. */
        public long retryAfterSeconds() {
            return retryAfter.plusNanos(999_999_999).toSeconds();
        }

        public Failure(String message) {
            this(FailureKind.FAILED, message);
        }
    }
}
