package dev.pgherd.mcp.call;

import java.util.Locale;

/** How a call ended, for metrics and audit. */
enum ToolOutcome {
    SUCCESS,
    ERROR,
    INPUT_REQUIRED,
    INTERNAL_ERROR;

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
