package dev.pgherd.api;

/** Annotations that say what an instance is for, and for whom it was made; nothing acts on them. */
public final class Origin {

    public static final String DESCRIPTION = "pgherd.dev/description";
    public static final String CREATOR = "pgherd.dev/creator-username";

    private Origin() {}
}
