package dev.pgherd.api;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Objects;

/** Labels on everything that PgHerd creates, by which it finds it again. */
public final class Labels {

    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String COMPONENT = "app.kubernetes.io/component";
    public static final String INSTANCE = "pgherd.dev/instance";
    public static final String ROLE = "pgherd.dev/role";

    /** Value of {@link #MANAGED_BY}. */
    public static final String PGHERD = "pgherd";

    /** Value of {@link #COMPONENT} on the Secret with the agents' login roles. */
    public static final String AGENT_CREDENTIALS = "agent-credentials";

    private Labels() {}

    /** Whether PgHerd made the object for an instance, or kept it of one that is gone. */
    public static boolean ofPgHerd(HasMetadata object) {
        var labels = Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.<String, String>of());
        return PGHERD.equals(labels.get(MANAGED_BY)) || labels.containsKey(INSTANCE);
    }
}
