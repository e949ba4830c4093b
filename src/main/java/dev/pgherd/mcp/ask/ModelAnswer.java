package dev.pgherd.mcp.ask;

/**
 * What a model said.
 *
 * @param model which one it was, in its own words
 */
public record ModelAnswer(String text, String model, Tokens tokens) {}
