package dev.pgherd.rest;

import dev.pgherd.mcp.tool.FailureKind;

/** The HTTP status of a tool's failure. */
final class FailureStatus {

    private FailureStatus() {}

    static int of(FailureKind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case FAILED -> 422;
            case LIMITED -> 429;
            case INTERNAL -> 500;
            case UNAVAILABLE -> 503;
        };
    }
}
