package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads which instances a query is for: one, or several. */
record QueryTargets(Instances instances) {

    static final int MOST = 20;

    private static final String ONE = "instance";
    private static final String LIST = "instances";
    private static final String SELECTOR = "selector";

    InstanceKey one(Arguments arguments) {
        return instances.key(arguments.required(ONE));
    }

    /** Empty where the call names one alone. */
    Optional<List<InstanceKey>> several(Arguments arguments) {
        var one = arguments.text(ONE);
        var names = arguments.names(LIST);
        var selector = SelectorArgument.of(arguments, SELECTOR);
        if (Stream.of(one, names, selector).filter(Optional::isPresent).count() != 1) {
            throw new ToolFailedException(
                    FailureKind.INVALID,
                    "Name what to query by exactly one of the arguments instance, instances (a list"
                            + " of names) or selector (a label selector).");
        }
        return names.map(this::named).or(() -> selector.map(this::selected)).map(QueryTargets::few);
    }

    private List<InstanceKey> named(List<String> names) {
        return names.stream().map(instances::key).distinct().toList();
    }

    private List<InstanceKey> selected(String selector) {
        var found = instances.list(Optional.empty(), selector).stream()
                .map(InstanceKey::of)
                .sorted(Comparator.comparing(InstanceKey::namespace).thenComparing(InstanceKey::name))
                .toList();
        if (found.isEmpty()) {
            throw new ToolFailedException(
                    FailureKind.NOT_FOUND,
                    "No instance matches the selector '%s'; list_postgres_instances shows all.".formatted(selector));
        }
        return found;
    }

    private static List<InstanceKey> few(List<InstanceKey> keys) {
        if (keys.size() > MOST) {
            throw new ToolFailedException(
                    FailureKind.INVALID,
                    "These are %d instances; one call asks at most %d. Narrow the selector, or name them in several calls."
                            .formatted(keys.size(), MOST));
        }
        return keys;
    }
}
