package dev.pgherd.mcp.resource;

import java.util.Map;

/** The call of a tool that reads what an address names. */
record ToolUse(ResourceKind kind, Map<String, Object> arguments) {

    /** As much of a list as there is in one answer. */
    private static final int MOST = 500;

    ToolUse {
        arguments = Map.copyOf(arguments);
    }

    static ToolUse of(ResourceAddress address) {
        var instance = address.instance().toString();
        if (address instanceof ResourceAddress.State) {
            return new ToolUse(ResourceKind.STATE, Map.of("instance", instance));
        }
        if (address instanceof ResourceAddress.Schemas) {
            return new ToolUse(ResourceKind.SCHEMAS, Map.of("instance", instance, "limit", MOST));
        }
        if (address instanceof ResourceAddress.Tables tables) {
            return new ToolUse(
                    ResourceKind.TABLES, Map.of("instance", instance, "schema", tables.schema(), "limit", MOST));
        }
        var table = (ResourceAddress.Table) address;
        return new ToolUse(
                ResourceKind.TABLE,
                Map.of(
                        "instance", instance,
                        "table", quoted(table.schema()) + "." + quoted(table.name()),
                        "limit", MOST));
    }

    /** As in SQL, so that no other name can be meant. */
    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
