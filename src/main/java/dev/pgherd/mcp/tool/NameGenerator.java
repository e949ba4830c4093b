package dev.pgherd.mcp.tool;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Makes names that people can say and that do not collide in practice. */
record NameGenerator(RandomGenerator random) {

    private static final List<String> ADJECTIVES = List.of(
            "amber", "brisk", "calm", "clear", "deep", "fair", "keen", "mild", "quick", "quiet", "swift", "warm");
    private static final List<String> ANIMALS = List.of(
            "aurochs", "bison", "camel", "deer", "elk", "gaur", "ibex", "llama", "moose", "okapi", "oryx", "yak");
    private static final String LETTERS = "bcdfghjkmnpqrstvwxz23456789";
    private static final int SUFFIX_LENGTH = 5;

    String next() {
        var suffix = random.ints(SUFFIX_LENGTH, 0, LETTERS.length())
                .mapToObj(index -> LETTERS.substring(index, index + 1))
                .collect(Collectors.joining());
        return "%s-%s-%s".formatted(any(ADJECTIVES), any(ANIMALS), suffix);
    }

    private String any(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
