package dev.pgherd.mcp.tool;

import java.util.List;

/** A call has to know something from the client before it can go on, and begins anew when it does. */
public final class InputRequiredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Question> questions;

    public InputRequiredException(List<Question> questions) {
        super("The client has to answer first", null, false, false);
        this.questions = List.copyOf(questions);
    }

    public List<Question> questions() {
        return questions;
    }
}
