package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Objects;

/** Writes a change of a spec, as long as the spec is the one that was looked at. */
record SpecPatch(Instances instances) {

    /** The operator's reports change an object as well, and are in nobody's way. */
    private static final int ATTEMPTS = 10;

    PostgresInstance write(PostgresInstance seen, ObjectNode spec) {
        return write(seen, spec, Map.of());
    }

    /** Also annotations, of which those without a text go. */
    PostgresInstance write(PostgresInstance seen, ObjectNode spec, Map<String, String> annotations) {
        var present = seen;
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return instances
                        .client()
                        .resource(present)
                        .patch(PatchContext.of(PatchType.JSON_MERGE), patch(present, spec, annotations));
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                    throw e;
                }
                present = again(seen);
            }
        }
        throw changedBySomebody(seen);
    }

    private PostgresInstance again(PostgresInstance seen) {
        var present = instances.require(InstanceKey.of(seen));
        var same = Objects.equals(
                        present.getMetadata().getUid(), seen.getMetadata().getUid())
                && Objects.equals(
                        present.getMetadata().getGeneration(),
                        seen.getMetadata().getGeneration());
        if (!same) {
            throw changedBySomebody(seen);
        }
        return present;
    }

    private static ToolFailedException changedBySomebody(PostgresInstance seen) {
        return new ToolFailedException(
                FailureKind.CONFLICT,
                "Somebody else changed %s just now; nothing was written. Look at it with get_postgres_instance and decide again."
                        .formatted(InstanceKey.of(seen)));
    }

    private static String patch(PostgresInstance present, ObjectNode spec, Map<String, String> annotations) {
        var patch = JsonNodeFactory.instance.objectNode();
        var metadata = patch.putObject("metadata")
                .put("resourceVersion", present.getMetadata().getResourceVersion());
        var written = metadata.putObject("annotations");
        annotations.forEach((name, text) -> written.put(name, text.isEmpty() ? null : text));
        patch.set("spec", spec);
        return patch.toString();
    }
}
