package dev.pgherd.http;

/** The server cannot listen; the message says where, why and what to do. */
public final class HttpStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HttpStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
