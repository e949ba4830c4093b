package dev.pgherd.cli;

import java.io.Console;
import java.util.Optional;

/** Whether a person sits at the other end. */
final class Terminal {

    private Terminal() {}

    /** Newer Javas have a console for everybody, unless {@code jdk.console} says as {@code bin/pgherd} does: java.base. */
    @SuppressWarnings("SystemConsoleNull")
    static Optional<Console> present() {
        return Optional.ofNullable(System.console());
    }
}
