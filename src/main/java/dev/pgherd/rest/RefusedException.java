package dev.pgherd.rest;

import dev.pgherd.http.Problem;
import dev.pgherd.mcp.tool.ToolResult;
import java.util.Map;

/** A request is not granted; the problem says why. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Map<String, String> headers;

    RefusedException(int status, String detail) {
        this(new Problem(status, detail), Map.of());
    }

    RefusedException(int status, String detail, Map<String, String> headers) {
        this(new Problem(status, detail), headers);
    }

    private RefusedException(Problem problem, Map<String, String> headers) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.headers = Map.copyOf(headers);
    }

    /** A tool did not do what the request asks for. */
    static RefusedException of(ToolResult.Failure failure) {
        return new RefusedException(
                FailureStatus.of(failure.kind()),
                failure.message(),
                failure.retryAfter().isZero()
                        ? Map.of()
                        : Map.of("Retry-After", Long.toString(failure.retryAfterSeconds())));
    }

    Problem problem() {
        return problem;
    }

    Map<String, String> headers() {
        return headers;
    }
}
