package dev.pgherd.http;

/** How a part of the program is. */
public sealed interface Health {

    /** It does its work. */
    record Healthy() implements Health {}

    /** It does not; the reason is shown to whoever asks. */
    record Unhealthy(String reason) implements Health {}
}
