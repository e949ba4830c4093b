package dev.pgherd.mcp.ask;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of a question, by which what it may be about is found. */
public record QuestionWords(Set<String> words) {

    private static final Pattern BETWEEN =
            Pattern.compile("[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{L})(?=\\p{N})");
    private static final int SHORTEST = 3;

    public QuestionWords {
        words = Set.copyOf(words);
    }

    public static QuestionWords of(String question) {
        return new QuestionWords(words(question).collect(Collectors.toSet()));
    }

    /** How many of them a text has. */
    public int in(String text) {
        return (int) words(text).distinct().filter(words::contains).count();
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(BETWEEN.split(text))
                .filter(word -> word.length() >= SHORTEST)
                .map(word -> singular(word.toLowerCase(Locale.ROOT)));
    }

    /** Good enough to find customer in customers; wrong words meet nothing. */
    private static String singular(String word) {
        if (word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        if (word.endsWith("sses") || word.endsWith("xes") || word.endsWith("ches")) {
            return word.substring(0, word.length() - 2);
        }
        return word.endsWith("s") && !word.endsWith("ss") ? word.substring(0, word.length() - 1) : word;
    }
}
