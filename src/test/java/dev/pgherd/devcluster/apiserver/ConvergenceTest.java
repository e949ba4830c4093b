package dev.pgherd.devcluster.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The production path of JOSDK: server-side apply of dependents, informers, and deletion by owner references. */
class ConvergenceTest {

    @TempDir
    private Path directory;

    @Workflow(dependents = {@Dependent(type = Settings.class), @Dependent(type = Server.class)})
    @ControllerConfiguration(name = "convergence")
    static final class InstanceReconciler implements Reconciler<PostgresInstance> {

        private final AtomicInteger runs = new AtomicInteger();

        @Override
        public UpdateControl<PostgresInstance> reconcile(PostgresInstance instance, Context<PostgresInstance> context) {
            runs.incrementAndGet();
            var status = new GenericKubernetesResourceBuilder()
                    .withApiVersion(instance.getApiVersion())
                    .withKind(instance.getKind())
                    .withNewMetadata()
                    .withName(instance.getMetadata().getName())
                    .withNamespace(instance.getMetadata().getNamespace())
                    .endMetadata()
                    .addToAdditionalProperties("status", Map.of("phase", "Running", "readyInstances", 1))
                    .build();
            context.getClient()
                    .resource(status)
                    .subresource("status")
                    .patch(new PatchContext.Builder()
                            .withPatchType(PatchType.SERVER_SIDE_APPLY)
                            .withFieldManager("convergence")
                            .withForce(true)
                            .build());
            return UpdateControl.noUpdate();
        }
    }

    static final class Settings extends CRUDKubernetesDependentResource<ConfigMap, PostgresInstance> {

        @Override
        protected ConfigMap desired(PostgresInstance instance, Context<PostgresInstance> context) {
            return new ConfigMapBuilder()
                    .withMetadata(metadata(instance))
                    .addToData("size", instance.getSpec().storage().size())
                    .build();
        }
    }

    static final class Server extends CRUDKubernetesDependentResource<StatefulSet, PostgresInstance> {

        @Override
        protected StatefulSet desired(PostgresInstance instance, Context<PostgresInstance> context) {
            return new StatefulSetBuilder()
                    .withMetadata(metadata(instance))
                    .withNewSpec()
                    .withReplicas(1)
                    .withServiceName("x")
                    .withNewSelector()
                    .addToMatchLabels("app", "x")
                    .endSelector()
                    .withNewTemplate()
                    .withNewMetadata()
                    .addToLabels("app", "x")
                    .endMetadata()
                    .withNewSpec()
                    .addNewContainer()
                    .withName("postgres")
                    .withImage("postgres:17")
                    .addNewPort()
                    .withContainerPort(5432)
                    .withName("postgres")
                    .endPort()
                    .addNewEnv()
                    .withName("A")
                    .withValue("1")
                    .endEnv()
                    .addNewVolumeMount()
                    .withName("data")
                    .withMountPath("/data")
                    .endVolumeMount()
                    .withNewResources()
                    .addToRequests("memory", new Quantity("256Mi"))
                    .endResources()
                    .withNewReadinessProbe()
                    .withNewTcpSocket()
                    .withPort(new IntOrString(5432))
                    .endTcpSocket()
                    .endReadinessProbe()
                    .endContainer()
                    .endSpec()
                    .endTemplate()
                    .addNewVolumeClaimTemplate()
                    .withNewMetadata()
                    .withName("data")
                    .endMetadata()
                    .withNewSpec()
                    .withAccessModes("ReadWriteOnce")
                    .withNewResources()
                    .addToRequests("storage", new Quantity("1Gi"))
                    .endResources()
                    .endSpec()
                    .endVolumeClaimTemplate()
                    .endSpec()
                    .build();
        }
    }

    private static io.fabric8.kubernetes.api.model.ObjectMeta metadata(PostgresInstance instance) {
        return new ObjectMetaBuilder()
                .withName(instance.getMetadata().getName())
                .withNamespace(instance.getMetadata().getNamespace())
                .withLabels(Map.of("app", "x"))
                .build();
    }

    @Test
    void anOperatorConvergesAndThenWritesNothingMore() throws Exception {
        try (var api = RunningApi.on(directory)) {
            // Given
            api.defineInstances();
            var reconciler = new InstanceReconciler();
            var operator = new Operator(configuration -> configuration
                    .withKubernetesClient(api.client())
                    .withCloseClientOnStop(false)
                    .withInformerStoppedHandler((informer, e) -> {})
                    .withReconciliationTerminationTimeout(Duration.ofSeconds(2)));
            operator.register(reconciler);
            operator.start();
            var client = api.client();

            // When
            var instance = client.resource(RunningApi.resource("""
                    apiVersion: pgherd.dev/v1alpha1
                    kind: PostgresInstance
                    metadata: {name: one, namespace: default}
                    spec: {storage: {size: 2Gi}}
                    """)).create();

            // Then
            var sets = client.apps().statefulSets().inNamespace("default");
            await().untilAsserted(() -> assertThat(sets.withName("one").get()).isNotNull());
            var live = client.genericKubernetesResources(RunningApi.INSTANCES)
                    .inNamespace("default")
                    .withName("one");
            await().untilAsserted(() ->
                    assertThat(live.get().getAdditionalProperties()).containsKey("status"));
            var version = version(api);
            live.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"deletionPolicy\":\"Delete\"}}");
            await().untilAsserted(() -> assertThat(reconciler.runs.get()).isGreaterThan(1));
            assertThat(version(api)).isEqualTo(version + 1);

            // When
            client.resource(instance).delete();

            // Then
            await().untilAsserted(() -> assertThat(sets.list().getItems()).isEmpty());
            await().untilAsserted(() -> assertThat(
                            client.configMaps().inNamespace("default").list().getItems())
                    .isEmpty());
            operator.stop();
        }
    }

    private static long version(RunningApi api) throws Exception {
        var list = api.client().configMaps().inNamespace("default").list();
        return Long.parseLong(list.getMetadata().getResourceVersion());
    }
}
