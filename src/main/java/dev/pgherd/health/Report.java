package dev.pgherd.health;

import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What was found, the most urgent first.
 *
 * @param checked names of the checks that were made
 * @param unseen what could not be looked at, in sentences
 */
public record Report(List<Finding> findings, List<String> checked, List<String> unseen) {

    private static final int MOST = 50;

    public Report {
        findings = findings.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
    }

    /** Where nothing was looked at. */
    public static Report empty() {
        return new Report(List.of(), List.of(), List.of());
    }

    static Report of(String check, Judgement judgement, boolean truncated) {
        var found = empty().and(new Report(judgement.findings(), List.of(check), judgement.unseen()));
        var more = judgement.findings().size() - MOST;
        return new Report(
                found.findings().stream().limit(MOST).toList(),
                found.checked(),
                Stream.of(
                                found.unseen().stream(),
                                more > 0
                                        ? Stream.of("%s: %d more findings like these".formatted(check, more))
                                        : Stream.<String>of(),
                                truncated
                                        ? Stream.of(
                                                "%s: there is more than can be looked at in one call".formatted(check))
                                        : Stream.<String>of())
                        .flatMap(texts -> texts)
                        .toList());
    }

    static Report unread(String check, String problem) {
        return new Report(List.of(), List.of(), List.of("%s: %s".formatted(check, problem)));
    }

    /** Both together. */
    public Report and(Report other) {
        return new Report(
                joined(findings, other.findings), joined(checked, other.checked), joined(unseen, other.unseen));
    }

    /** The same, with advice in other words. */
    public Report advising(UnaryOperator<String> words) {
        return new Report(findings.stream().map(found -> found.advising(words)).toList(), checked, unseen);
    }

    private static <T> List<T> joined(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
