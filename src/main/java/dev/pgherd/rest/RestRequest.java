package dev.pgherd.rest;

import dev.pgherd.mcp.tool.Caller;
import dev.pgherd.sql.Cancellation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request whose fields and parameters are known ones; their values are looked at by the tools.
 *
 * @param path what stands for the names in the route's path
 * @param caller who the limits and approvals are for
 * @param bearer what it shows to be allowed more; never to be logged
 * @param cancellation given where the caller does not wait any more
 */
record RestRequest(
        Caller caller,
        Optional<String> bearer,
        Map<String, String> path,
        Map<String, String> query,
        Map<String, @Nullable Object> body,
        Cancellation cancellation) {

    RestRequest {
        path = Map.copyOf(path);
        query = Map.copyOf(query);
        body = Collections.unmodifiableMap(new LinkedHashMap<>(body));
    }

    @Override
    public String toString() {
        return "RestRequest[%s]".formatted(path);
    }

    /** The instance that the path names, as the tools take it. */
    String instance() {
        return path.get("namespace") + "/" + path.get("name");
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    Optional<Integer> number(String name) {
        return parameter(name).map(text -> {
            try {
                return Integer.valueOf(text);
            } catch (NumberFormatException e) {
                throw new RefusedException(400, "Parameter '%s' must be a whole number.".formatted(name));
            }
        });
    }
}
