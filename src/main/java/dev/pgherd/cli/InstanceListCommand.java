package dev.pgherd.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.cli.output.InstanceText;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgherd instances list}. */
@Command(name = "list", description = "Lists instances: of all namespaces, unless one is named.")
final class InstanceListCommand implements Callable<Integer> {

    private static final int PAGE = 200;

    @Mixin
    private LocalTools tools = new LocalTools();

    @Option(
            names = {"-l", "--selector"},
            paramLabel = "LABELS",
            description = "Only those with these labels, such as team=shop.")
    private @Nullable String selector;

    @Option(names = "--status", description = "Only those in this state: ${COMPLETION-CANDIDATES}.")
    private @Nullable Phase status;

    @Override
    public Integer call() {
        return tools.with(calls -> {
            var result = JsonNodeFactory.instance.objectNode();
            var all = result.putArray("instances");
            var next = add(calls, all, null);
            while (next != null) {
                next = add(calls, all, next);
            }
            tools.show(result, () -> all.isEmpty() ? "No instances." : InstanceText.list(all));
            return 0;
        });
    }

    /** Adds a page, and tells where the next one begins. */
    private @Nullable String add(LocalTools.Calls calls, ArrayNode all, @Nullable String cursor) {
        var page = calls.call(
                        "list_postgres_instances",
                        new Given()
                                .and("namespace", tools.cluster().namespace().orElse(null))
                                .and("label_selector", selector)
                                .and("phase", status == null ? null : status.name())
                                .and("limit", PAGE)
                                .and("cursor", cursor)
                                .arguments())
                .structured();
        page.path("instances").forEach(all::add);
        return page.path("next_cursor").textValue();
    }
}
