package dev.pgherd.health;

import java.util.Locale;

/** How soon somebody should act; the most urgent first. */
public enum Severity {
    CRITICAL,
    WARNING,
    INFO;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
