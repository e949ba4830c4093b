package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One page of what is known of a database.
 *
 * @param field what the items are called
 * @param total how many there are on all pages
 */
record PagedAnswer<T>(Page<T> page, String field, int total, SchemaAge age) {

    /**
     * The answer of a tool.
     *
     * @param heading what is said of the numbers of items here and in all
     */
    ToolResult result(String heading, Function<T, String> line) {
        var json = JsonNodeFactory.instance.objectNode();
        page.addTo(json, field);
        json.put("total", total);
        age.addTo(json);
        var lines = page.items().stream().map(line).map(OneLine::of);
        return new ToolResult.Success(
                json,
                Stream.concat(Stream.of(heading.formatted(page.items().size(), total)), lines)
                        .collect(Collectors.joining("\n", "", page.more() + age.text())));
    }
}
