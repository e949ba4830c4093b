package dev.pgherd.api;

import dev.pgherd.api.v1alpha1.PostgresInstanceSpec;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;

/** Parts of a resource, told by their fields; what is left out is as the API has it. */
public final class Given {

    private Given() {}

    public static PostgresInstanceSpec spec(String yaml) {
        return Serialization.unmarshal(yaml, PostgresInstanceSpec.class);
    }

    public static PostgresInstanceStatus status(Map<String, ?> fields) {
        return new KubernetesSerialization().convertValue(fields, PostgresInstanceStatus.class);
    }
}
