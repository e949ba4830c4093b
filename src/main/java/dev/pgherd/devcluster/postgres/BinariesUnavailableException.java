package dev.pgherd.devcluster.postgres;

import org.jspecify.annotations.Nullable;

/** The local PostgreSQL programs cannot be provided; the message says why and what to do. */
public final class BinariesUnavailableException extends RuntimeException {

    BinariesUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
