package dev.pgherd.devcluster.apiserver.fields;

/** Who changes fields, and how: one entry of managed fields. */
public record Manager(String name, String operation, String apiVersion, String subresource) {

    public static final String APPLY = "Apply";
    public static final String UPDATE = "Update";

    /** The manager as messages about conflicts name it. */
    String asText() {
        var text = "\"" + name + "\"";
        if (!subresource.isEmpty()) {
            text += " with subresource \"" + subresource + "\"";
        }
        return operation.equals(UPDATE) ? text + " using " + apiVersion : text;
    }
}
