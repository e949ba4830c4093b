package dev.pgherd.mcp.tool;

import java.util.regex.Pattern;

/** The names that Kubernetes takes; they become part of a URL, so nothing else may reach a request. */
public final class DnsLabel {

    static final int MAX_LENGTH = 63;

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final String RULE =
            "lower-case letters, digits and '-', beginning and ending with a letter or digit, at most %d characters";

    private DnsLabel() {}

    /** The value, or a failure that names the field and what is allowed. */
    static String checked(String field, String value, int maxLength) {
        if (value.length() > maxLength || !LABEL.matcher(value).matches()) {
            throw ToolFailedException.argument(field, rule(maxLength));
        }
        return value;
    }

    /** Whether something can be called so. */
    public static boolean matches(String value) {
        return value.length() <= MAX_LENGTH && LABEL.matcher(value).matches();
    }

    static String rule(int maxLength) {
        return RULE.formatted(maxLength);
    }
}
