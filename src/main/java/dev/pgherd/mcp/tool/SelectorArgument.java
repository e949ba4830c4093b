package dev.pgherd.mcp.tool;

import java.util.Optional;
import java.util.regex.Pattern;

/** An argument that selects instances by their labels. */
final class SelectorArgument {

    private static final int LONGEST = 1000;
    private static final Pattern SELECTOR = Pattern.compile("[-A-Za-z0-9_./=!,() ]*");

    private SelectorArgument() {}

    static Optional<String> of(Arguments arguments, String field) {
        return arguments.text(field).map(text -> {
            if (text.length() > LONGEST || !SELECTOR.matcher(text).matches()) {
                throw ToolFailedException.argument(
                        field,
                        "a Kubernetes label selector such as team=shop,env!=prod, of letters, digits, spaces and any"
                                + " of - _ . / = ! , ( ), at most %d characters".formatted(LONGEST));
            }
            return text;
        });
    }
}
