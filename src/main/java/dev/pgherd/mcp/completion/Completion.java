package dev.pgherd.mcp.completion;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a text may become.
 *
 * @param values the likeliest first; not all where there are many
 */
record Completion(List<String> values, int total) {

    /** What the protocol allows. */
    static final int MOST = 100;

    Completion {
        values = List.copyOf(values);
    }

    /** Of these names: those that begin with it come before those that contain it; case does not matter. */
    static Completion of(String typed, Stream<String> names) {
        var wanted = typed.toLowerCase(Locale.ROOT);
        var fitting = names.distinct()
                .filter(name -> name.toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
        var ordered = Stream.concat(
                        fitting.stream().filter(name -> begins(name, wanted)),
                        fitting.stream().filter(name -> !begins(name, wanted)))
                .limit(MOST)
                .toList();
        return new Completion(ordered, fitting.size());
    }

    ObjectNode json() {
        var result = JsonNodeFactory.instance.objectNode();
        var completion = result.putObject("completion");
        values.forEach(completion.putArray("values")::add);
        completion.put("total", total).put("hasMore", total > values.size());
        return result;
    }

    private static boolean begins(String name, String wanted) {
        return name.toLowerCase(Locale.ROOT).startsWith(wanted);
    }
}
