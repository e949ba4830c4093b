package dev.pgherd.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/**
 * Puts an instance to sleep or wakes it as an autoscaler sets replicas: by server-side apply of the one field, under a
 * field manager of its own. The uid keeps the apply from making an instance anew that was deleted meanwhile.
 */
public final class Hibernation {

    public static final String MANAGER = "pgherd-lifecycle";

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(MANAGER)
            .withForce(true)
            .build();

    private Hibernation() {}

    /** Wakes it, whatever else has changed since it was seen. */
    public static PostgresInstance wake(PostgresInstance seen, KubernetesClient client) {
        return client.resource(seen).patch(APPLY, patch(seen, "", false));
    }

    /** Hibernates it if nothing has changed since it was seen; conflicts (409) otherwise. */
    public static PostgresInstance hibernate(PostgresInstance seen, KubernetesClient client) {
        return client.resource(seen).patch(APPLY, patch(seen, seen.getMetadata().getResourceVersion(), true));
    }

    private static String patch(PostgresInstance seen, String resourceVersion, boolean hibernated) {
        var patch = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", seen.getApiVersion())
                .put("kind", seen.getKind());
        var metadata = patch.putObject("metadata")
                .put("name", seen.getMetadata().getName())
                .put("namespace", seen.getMetadata().getNamespace())
                .put("uid", seen.getMetadata().getUid());
        if (!resourceVersion.isEmpty()) {
            metadata.put("resourceVersion", resourceVersion);
        }
        patch.putObject("spec").put("hibernated", hibernated);
        return patch.toString();
    }
}
