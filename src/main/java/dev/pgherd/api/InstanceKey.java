package dev.pgherd.api;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Names one instance in the cluster. */
public record InstanceKey(String namespace, String name) {

    public InstanceKey {
        requireNonNull(namespace, "namespace is null");
        requireNonNull(name, "name is null");
    }

    public static InstanceKey of(HasMetadata instance) {
        return new InstanceKey(
                instance.getMetadata().getNamespace(), instance.getMetadata().getName());
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
