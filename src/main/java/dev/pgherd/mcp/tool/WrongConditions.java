package dev.pgherd.mcp.tool;

import dev.pgherd.api.v1alpha1.Condition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Those of an instance's conditions that are not as they are where all is well. */
record WrongConditions(List<Condition> all) {

    private static final Set<String> BETTER_UNMET = Set.of(Condition.RECONCILING, Condition.STALLED);

    /** Several that say the same share a line. */
    List<String> lines() {
        var byCause = all.stream()
                .filter(condition -> condition.met() == BETTER_UNMET.contains(condition.type()))
                .collect(Collectors.groupingBy(
                        condition -> "%s: %s".formatted(condition.reason(), condition.message()),
                        LinkedHashMap::new,
                        Collectors.mapping(
                                condition -> "%s %s".formatted(condition.type(), condition.status()),
                                Collectors.joining(", "))));
        return byCause.entrySet().stream()
                .map(entry -> OneLine.of("%s: %s".formatted(entry.getValue(), entry.getKey())))
                .toList();
    }
}
