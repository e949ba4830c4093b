package dev.pgherd.mcp.ask;

import java.util.ArrayList;
import java.util.List;

/**
 * What has been said so far; the model's turn comes next.
 *
 * @param system what holds for all of it
 * @param turns questions and answers by turns, beginning and ending with a question
 */
public record Conversation(String system, List<String> turns) {

    public Conversation {
        turns = List.copyOf(turns);
        if (turns.size() % 2 == 0) {
            throw new IllegalArgumentException("a conversation ends with a question");
        }
    }

    public static Conversation beginning(String system, String question) {
        return new Conversation(system, List.of(question));
    }

    public Conversation then(String answer, String question) {
        var more = new ArrayList<>(turns);
        more.add(answer);
        more.add(question);
        return new Conversation(system, more);
    }
}
