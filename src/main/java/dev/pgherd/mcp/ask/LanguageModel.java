package dev.pgherd.mcp.ask;

/** Answers in words; whose it is, is another matter. */
@FunctionalInterface
public interface LanguageModel {

    /**
     * Its answer to a conversation.
     *
     * @param step names this question among those of one call
     * @throws ModelFailedException when there is none
     */
    ModelAnswer answer(String step, Conversation conversation);
}
