package dev.pgherd.config;

import static dev.pgherd.config.ToolProfile.DEVELOP;
import static dev.pgherd.config.ToolProfile.OPERATE;
import static dev.pgherd.config.ToolProfile.READ;

import java.util.List;
import java.util.Set;

/** A tool that there can be, and the profiles that it belongs to. */
public record KnownTool(String name, Set<ToolProfile> profiles) {

    /** In the order in which a model should see them. */
    static final List<KnownTool> ALL = List.of(
            tool("create_postgres_instance", DEVELOP, OPERATE),
            tool("list_postgres_instances", READ, DEVELOP, OPERATE),
            tool("get_postgres_instance", READ, DEVELOP, OPERATE),
            tool("update_postgres_instance", DEVELOP, OPERATE),
            tool("drop_postgres_instance", DEVELOP, OPERATE),
            tool("user_info", READ, DEVELOP, OPERATE),
            tool("health_check_postgres", READ, DEVELOP, OPERATE),
            tool("list_schemas", READ, DEVELOP),
            tool("list_tables", READ, DEVELOP),
            tool("describe_table", READ, DEVELOP, OPERATE),
            tool("search_objects", READ, DEVELOP),
            tool("query", READ, DEVELOP, OPERATE),
            tool("explain_query", READ, DEVELOP, OPERATE),
            tool("analyze_health", READ, DEVELOP, OPERATE),
            tool("top_queries", READ, DEVELOP, OPERATE),
            tool("execute", DEVELOP),
            tool("ask", READ, DEVELOP));

    public KnownTool {
        profiles = Set.copyOf(profiles);
    }

    private static KnownTool tool(String name, ToolProfile... profiles) {
        return new KnownTool(name, Set.of(profiles));
    }
}
