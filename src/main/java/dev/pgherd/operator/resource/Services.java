package dev.pgherd.operator.resource;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;

/** The Services of an instance. */
public final class Services {

    /** Port on which PostgreSQL listens, in the pod and on the Service. */
    public static final int PORT = 5432;

    static final String PORT_NAME = "postgresql";

    private Services() {}

    /** Where applications connect: the pod that takes writes. */
    public static Service readWrite(PostgresInstance instance) {
        var wanted = instance.wish().service();
        return new ServiceBuilder()
                .withMetadata(
                        ChildMetadata.owned(instance, InstanceNames.of(instance).readWriteService(), "database"))
                .editMetadata()
                .addToAnnotations(wanted.annotations())
                .endMetadata()
                .withNewSpec()
                .withType(wanted.type().name())
                .withSelector(ChildMetadata.primarySelector(instance))
                .withPorts(port())
                .endSpec()
                .build();
    }

    /** Headless: gives each pod of the StatefulSet a DNS name, ready or not. */
    public static Service pods(PostgresInstance instance) {
        return new ServiceBuilder()
                .withMetadata(
                        ChildMetadata.owned(instance, InstanceNames.of(instance).podsService(), "database"))
                .withNewSpec()
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .withSelector(ChildMetadata.selector(instance))
                .withPorts(port())
                .endSpec()
                .build();
    }

    private static ServicePort port() {
        return new ServicePortBuilder()
                .withName(PORT_NAME)
                .withPort(PORT)
                .withProtocol("TCP")
                .withTargetPort(new IntOrString(PORT_NAME))
                .build();
    }
}
