package dev.pgherd.api;

import static dev.pgherd.api.CustomResourceDefinitions.property;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/** How many names {@code agentAccess} may hold, and what they look like. */
final class AgentAccessBounds {

    private static final long MAX_NAMES = 200;
    private static final long MAX_LENGTH = 63;
    private static final String NAME = "[^.*\"\\x00-\\x1f]+";
    private static final String QUALIFIED = "^" + NAME + "[.]" + NAME + "$";
    private static final String COLUMN = "^([*]|(" + NAME + "[.])?" + NAME + ")[.]" + NAME + "$";

    private AgentAccessBounds() {}

    static void set(JSONSchemaProps access) {
        bound(property(access, "schemas"), "^" + NAME + "$", MAX_LENGTH);
        bound(property(access, "blocked", "tables"), QUALIFIED, 2 * MAX_LENGTH + 1);
        bound(property(access, "blocked", "columns"), COLUMN, 3 * MAX_LENGTH + 2);
        bound(property(access, "blocked", "functions"), QUALIFIED, 2 * MAX_LENGTH + 1);
    }

    private static void bound(JSONSchemaProps names, String pattern, long length) {
        names.setMaxItems(MAX_NAMES);
        names.setXKubernetesListType("set");
        var name = names.getItems().getSchema();
        name.setPattern(pattern);
        name.setMaxLength(length);
    }
}
