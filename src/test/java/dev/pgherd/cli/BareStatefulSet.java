package dev.pgherd.cli;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The least with which somebody gets the same server on Kubernetes without an operator. */
record BareStatefulSet(KubernetesClient client, String namespace, String name) {

    private static final String YAML = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: NAME}
            spec:
              serviceName: NAME
              selector: {matchLabels: {bare: NAME}}
              persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete, whenScaled: Delete}
              template:
                metadata: {labels: {bare: NAME}}
                spec:
                  automountServiceAccountToken: false
                  securityContext:
                    runAsNonRoot: true
                    runAsUser: 999
                    runAsGroup: 999
                    fsGroup: 999
                    seccompProfile: {type: RuntimeDefault}
                  containers:
                  - name: postgres
                    image: postgres:17
                    imagePullPolicy: IfNotPresent
                    command: [sh, -c]
                    args:
                    - initdb -D "$PGDATA" -U postgres --data-checksums --auth=trust --locale=C.UTF-8 &&
                      exec postgres -D "$PGDATA" -c listen_addresses="$POD_IP" -c unix_socket_directories=
                    env:
                    - {name: PGDATA, value: /var/lib/postgresql/data}
                    - {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
                    readinessProbe:
                      exec: {command: [sh, -c, 'pg_isready -q -h "$POD_IP" -U postgres']}
                      periodSeconds: 1
                    securityContext:
                      allowPrivilegeEscalation: false
                      capabilities: {drop: [ALL]}
                    volumeMounts:
                    - {name: data, mountPath: /var/lib/postgresql}
              volumeClaimTemplates:
              - metadata: {name: data}
                spec:
                  accessModes: [ReadWriteOnce]
                  resources: {requests: {storage: 1Gi}}
            """;

    /** Returns when the pod is ready. */
    BareStatefulSet start() {
        client.load(yaml()).inNamespace(namespace).create();
        client.pods()
                .inNamespace(namespace)
                .withName(name + "-0")
                .waitUntilCondition(BareStatefulSet::ready, 3, TimeUnit.MINUTES);
        return this;
    }

    void delete() {
        client.load(yaml()).inNamespace(namespace).delete();
        client.pods()
                .inNamespace(namespace)
                .withName(name + "-0")
                .waitUntilCondition(pod -> pod == null, 3, TimeUnit.MINUTES);
    }

    private ByteArrayInputStream yaml() {
        return new ByteArrayInputStream(YAML.replace("NAME", name).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean ready(Pod pod) {
        return pod != null && Readiness.getInstance().isReady(pod);
    }
}
