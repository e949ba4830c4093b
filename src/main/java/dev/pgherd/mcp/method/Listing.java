package dev.pgherd.mcp.method;

import java.util.Locale;

/** A list whose changes clients may hear of. */
public enum Listing {
    TOOLS,
    PROMPTS,
    RESOURCES;

    /** The capability that it belongs to. */
    public String capability() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a client asks for that wants to hear of it. */
    public String wish() {
        return capability() + "ListChanged";
    }
}
