package dev.pgherd.mcp.tool;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What a call wants to say anew of what an instance is for and for whom; empty texts stand for nothing. */
record OriginChange(Map<String, String> annotations, List<FieldChange> changes) {

    OriginChange {
        annotations = Map.copyOf(annotations);
        changes = List.copyOf(changes);
    }

    static OriginChange of(PostgresInstance seen, Arguments arguments) {
        var known = Objects.requireNonNullElse(seen.getMetadata().getAnnotations(), Map.<String, String>of());
        var annotations = new TreeMap<>(OriginArguments.changes(arguments));
        annotations.entrySet().removeIf(wanted -> wanted.getValue().equals(known.getOrDefault(wanted.getKey(), "")));
        return new OriginChange(
                annotations,
                annotations.entrySet().stream()
                        .map(wanted -> new FieldChange(
                                OriginArguments.field(wanted.getKey()),
                                known.getOrDefault(wanted.getKey(), ""),
                                wanted.getValue()))
                        .toList());
    }
}
