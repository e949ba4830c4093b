package dev.pgherd.operator.resource;

import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.api.v1alpha1.PostgresInstance;

/** Where an instance is reached inside the cluster. */
public final class Endpoints {

    private Endpoints() {}

    public static Endpoint of(PostgresInstance instance) {
        return new Endpoint(
                host(instance), Services.PORT, instance.wish().initdb().database());
    }

    /** A name that resolves in every namespace. */
    static String host(PostgresInstance instance) {
        return "%s.%s.svc"
                .formatted(
                        InstanceNames.of(instance).readWriteService(),
                        instance.getMetadata().getNamespace());
    }
}
