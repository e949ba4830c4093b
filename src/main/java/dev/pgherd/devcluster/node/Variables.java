package dev.pgherd.devcluster.node;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Expands {@code $(NAME)} as the kubelet does: unknown names stay, {@code $$(NAME)} is an escaped one. */
final class Variables {

    private static final Pattern REFERENCE = Pattern.compile("\\$(\\$|\\(([^()$]+)\\))");

    private Variables() {}

    static String expand(String text, Map<String, String> values) {
        return REFERENCE.matcher(text).replaceAll(found -> {
            var name = found.group(2);
            var value = name == null ? "$" : values.getOrDefault(name, found.group());
            return Matcher.quoteReplacement(value);
        });
    }
}
