package dev.pgherd.cli;

import java.io.Console;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Has a person repeat the name of what is to go.
 *
 * @param ask shows a question and reads the answer; empty where nobody sits at a terminal
 */
record Confirmation(Optional<UnaryOperator<String>> ask) {

    static Confirmation of(Optional<Console> console) {
        return new Confirmation(console.map(terminal -> question ->
                Optional.ofNullable(terminal.readLine("%s", question)).orElse("")));
    }

    /** The name as it was repeated, on the command line or now; empty where it has to be, and cannot be asked for. */
    Optional<String> name(String instance, @Nullable String given) {
        return Optional.ofNullable(given)
                .or(() -> ask.map(
                        question -> question.apply("This deletes %s. Type its name to go on: ".formatted(instance))
                                .strip()));
    }
}
