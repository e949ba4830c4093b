package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import java.util.Optional;

/** What every tool about tables is asked with. */
record SchemaRequest(InstanceKey key, boolean fresh, int limit, Optional<String> cursor) {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 500;

    static SchemaRequest of(Instances instances, Arguments arguments) {
        return new SchemaRequest(
                instances.key(arguments.required("instance")),
                arguments.flag("fresh"),
                arguments.integer("limit", DEFAULT_LIMIT, 1, MAX_LIMIT),
                arguments.text("cursor"));
    }

    Page.Bounds bounds(String kind, int bytes) {
        return new Page.Bounds(kind, cursor, limit, bytes);
    }
}
