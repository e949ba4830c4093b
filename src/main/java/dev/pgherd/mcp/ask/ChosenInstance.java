package dev.pgherd.mcp.ask;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads which database a model chose. */
public final class ChosenInstance {

    private static final Pattern LINE = Pattern.compile("(?m)^[\\s`*]*INSTANCE:[\\s`*]*([^\\s`*]+)");

    private ChosenInstance() {}

    /** One of those that were offered, or none: a name of the model's own is nobody's. */
    public static Optional<String> of(String answer, Collection<String> offered) {
        var line = LINE.matcher(answer);
        return line.find() && offered.contains(line.group(1)) ? Optional.of(line.group(1)) : Optional.empty();
    }
}
