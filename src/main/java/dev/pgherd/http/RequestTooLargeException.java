package dev.pgherd.http;

import java.io.IOException;

/** A request's body is longer than the server reads. */
final class RequestTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    RequestTooLargeException(long limit) {
        super("the request is larger than %d bytes, the most that this server reads".formatted(limit));
    }

    Problem problem() {
        return new Problem(413, String.valueOf(getMessage()));
    }
}
