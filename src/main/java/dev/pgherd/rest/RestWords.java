package dev.pgherd.rest;

import dev.pgherd.mcp.tool.Vocabulary;
import java.util.Map;
import java.util.Set;

/** What this API calls tools and their arguments. */
final class RestWords {

    private static final String INSTANCES = RestApi.BASE + "/instances";
    private static final String INSTANCE = INSTANCES + "/{namespace}/{name}";

    /** What is not here, this API does not do. */
    private static final Map<String, String> OPERATIONS = Map.of(
            "create_postgres_instance", "POST " + INSTANCES,
            "list_postgres_instances", "GET " + INSTANCES,
            "get_postgres_instance", "GET " + INSTANCE,
            "update_postgres_instance", "PATCH " + INSTANCE,
            "drop_postgres_instance", "DELETE " + INSTANCE,
            "query", "POST " + INSTANCE + "/query",
            "execute", "POST " + INSTANCE + "/execute");

    private static final Map<String, String> RENAMED =
            Map.of("cursor", "continue", "wait_seconds", "wait", "database", "database_name");

    private static final Set<String> PARAMETERS =
            Set.of("confirm", "continue", "label_selector", "limit", "phase", "wait");

    private RestWords() {}

    /** What one request was about. */
    static Vocabulary of(RestRequest request) {
        return new Vocabulary(OPERATIONS, argument -> place(RENAMED.getOrDefault(argument, argument), request));
    }

    private static String place(String name, RestRequest request) {
        if (name.equals("instance")) {
            return "What follows " + INSTANCES + "/ in the path";
        }
        var parameter = PARAMETERS.contains(name) || request.parameter(name).isPresent();
        return "%s '%s'".formatted(parameter ? "Parameter" : "Field", name);
    }
}
