package dev.pgherd.devcluster.node;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where a container's mount paths are on this machine: what takes the place of a mount namespace. */
final class MountedPaths {

    private static final String IN_A_NAME = "[A-Za-z0-9._-]";

    private final Map<String, Path> byMountPath;
    private final Pattern pattern;

    MountedPaths(Map<String, Path> byMountPath) {
        this.byMountPath = byMountPath.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(e -> e.getKey().replaceFirst("/+$", ""), Map.Entry::getValue));
        var longestFirst = this.byMountPath.keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        pattern = Pattern.compile("(?<!" + IN_A_NAME + "|/)(" + longestFirst + ")(?!" + IN_A_NAME + ")");
    }

    /** The text with each mount path replaced, at the boundaries of path segments only. */
    String translate(String text) {
        return byMountPath.isEmpty()
                ? text
                : pattern.matcher(text)
                        .replaceAll(it -> Matcher.quoteReplacement(String.valueOf(byMountPath.get(it.group(1)))));
    }
}
