package dev.pgherd.mcp.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Optional;

/** What there is a template for, and the tool that reads it. */
public enum ResourceKind {
    STATE(
            "postgres://{namespace}/{instance}",
            "get_postgres_instance",
            "PostgreSQL instance",
            "The state of an instance: phase, conditions, version, endpoint, what was asked for, events. Tells its"
                    + " followers when it changes."),
    SCHEMAS(
            "postgres://{namespace}/{instance}/schemas",
            "list_schemas",
            "Schemas of an instance",
            "The schemas that agents may use, with the number of their tables."),
    TABLES(
            "postgres://{namespace}/{instance}/{schema}/tables",
            "list_tables",
            "Tables of a schema",
            "Its tables and views with kind, estimated rows, size and comment. Where there is a next_cursor, list_tables"
                    + " goes on."),
    TABLE(
            "postgres://{namespace}/{instance}/{schema}/{table}",
            "describe_table",
            "Table",
            "One table or view: columns, constraints, foreign keys in both directions, indexes. A table that is called"
                    + " tables is written %22tables%22.");

    static final String MEDIA_TYPE = "application/json";

    private final String template;
    private final String tool;
    private final String title;
    private final String description;

    ResourceKind(String template, String tool, String title, String description) {
        this.template = template;
        this.tool = tool;
        this.title = title;
        this.description = description;
    }

    public static Optional<ResourceKind> ofTemplate(String uri) {
        return Arrays.stream(values()).filter(kind -> kind.template.equals(uri)).findFirst();
    }

    String tool() {
        return tool;
    }

    public String template() {
        return template;
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("uriTemplate", template)
                .put("name", tool)
                .put("title", title)
                .put("description", description)
                .put("mimeType", MEDIA_TYPE);
    }
}
