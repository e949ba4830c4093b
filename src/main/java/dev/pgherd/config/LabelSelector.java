package dev.pgherd.config;

import java.util.regex.Pattern;

/** The syntax of Kubernetes' label selectors, so that a mistake is found before the API refuses to be followed. */
final class LabelSelector {

    private static final String VALUE = "[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
    private static final String KEY = "(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?/)?" + VALUE;
    private static final String VALUES = "\\(\\s*" + VALUE + "(?:\\s*,\\s*" + VALUE + ")*\\s*\\)";
    private static final String REQUIREMENT = "\\s*(?:!\\s*" + KEY + "|" + KEY + "(?:\\s*(?:==?|!=)\\s*(?:" + VALUE
            + ")?|\\s+(?:in|notin)\\s*" + VALUES + ")?)\\s*";
    private static final Pattern SELECTOR = Pattern.compile(REQUIREMENT + "(?:," + REQUIREMENT + ")*");

    private LabelSelector() {}

    static String require(String key, String text) {
        if (!text.isEmpty() && !SELECTOR.matcher(text).matches()) {
            throw new InvalidSettingException(
                    key, text, "a label selector, such as team=shop,env!=prod,tier in (a, b),!legacy");
        }
        return text;
    }
}
