package dev.pgherd.mcp.ask;

/** What answers cost; nothing where the model does not say. */
public record Tokens(long input, long output) {

    public static final Tokens NONE = new Tokens(0, 0);

    public Tokens plus(Tokens other) {
        return new Tokens(input + other.input, output + other.output);
    }
}
