package dev.pgherd.operator.database.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The SQL files beside this class. */
final class Script {

    private Script() {}

    static String read(String name) {
        try (var stream = Objects.requireNonNull(Script.class.getResourceAsStream(name + ".sql"), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("while reading " + name + ".sql from the program", e);
        }
    }
}
