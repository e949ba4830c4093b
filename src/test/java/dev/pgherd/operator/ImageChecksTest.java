package dev.pgherd.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.kubernetes.EmbeddedApi;
import dev.pgherd.operator.lifecycle.RunState;
import dev.pgherd.operator.resource.StatefulSets;
import dev.pgherd.operator.status.DatabaseState;
import dev.pgherd.operator.status.Observed;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageChecksTest {

    @TempDir
    private Path directory;

    private EmbeddedApi api;
    private PostgresInstance instance;

    @BeforeEach
    void start() {
        api = new EmbeddedApi(directory);
        api.namespace("team-a");
        api.instance("team-a", "shop", Map.of());
        instance = Objects.requireNonNull(api.client()
                .resources(PostgresInstance.class)
                .inNamespace("team-a")
                .withName("shop")
                .get());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void thePodIsBoundToTheServersNodeAndOwnedAndGoesWhenItIsDone() {
        // When
        assertThat(begin()).isTrue();

        // Then
        var pod = Objects.requireNonNull(present());
        assertThat(pod.getSpec().getNodeName()).isEqualTo("node-1");
        assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
        assertThat(pod.getSpec().getVolumes()).isEmpty();
        assertThat(pod.getSpec().getContainers())
                .singleElement()
                .satisfies(container -> assertThat(container.getImage()).isEqualTo("other:17"));
        assertThat(pod.getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getUid())
                        .isEqualTo(instance.getMetadata().getUid()));

        // When, Then: an informer that is behind makes no second one
        assertThat(begin()).isTrue();
        checks(Optional.of(pod)).end();
        assertThat(present() == null || present().getMetadata().getDeletionTimestamp() != null)
                .isTrue();
    }

    @Test
    void aClusterThatTakesNoFurtherPodKeepsNobodyFromAChange() {
        // Given
        refuseChecks();

        // When, Then
        assertThat(begin()).isFalse();
        assertThat(present()).isNull();
    }

    @Test
    void aPodOfSomebodyElseIsNamedAndLeftAlone() {
        // Given
        var theirs = api.client().resource(theirs(Map.of())).create();

        // When
        var followUp = FollowUp.after(instance, outdated(), replacement(), api.client());

        // Then
        assertThat(followUp.next()).isEqualTo(Wait.EVENTS);
        assertThat(followUp.refusal()).hasValueSatisfying(refusal -> {
            assertThat(refusal.reason()).isEqualTo("NameTaken");
            assertThat(refusal.message()).contains("Pod shop-image-check", "does not belong to this instance");
        });
        assertThat(present()).isEqualTo(theirs);

        // When: also where it looks like ours
        api.client().resource(theirs).delete();
        theirs = api.client()
                .resource(theirs(Map.of("app.kubernetes.io/managed-by", "pgherd", "pgherd.dev/instance", "shop")))
                .create();

        // Then
        assertThat(FollowUp.after(instance, outdated(), replacement(), api.client())
                        .refusal())
                .isPresent();
        assertThat(present()).isEqualTo(theirs);
    }

    private PodReplacement replacement() {
        return new PodReplacement(api.client(), checks(Optional.empty()), () -> {}, announcement -> {});
    }

    private static Pod theirs(Map<String, String> labels) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("team-a")
                .withName("shop-image-check")
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("theirs")
                .withImage("theirs:1")
                .endContainer()
                .endSpec()
                .build();
    }

    /** A server that runs, and whose successor would have another image. */
    private Observed outdated() {
        var set = new StatefulSetBuilder(statefulSet())
                .editMetadata()
                .withGeneration(2L)
                .endMetadata()
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withImage("other:17")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(2L)
                .endStatus()
                .build();
        var pod = new PodBuilder(server())
                .editMetadata()
                .withName("shop-0")
                .withAnnotations(Map.of())
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
        return new Observed(
                Optional.of(set),
                Optional.of(pod),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new DatabaseState.NotAsked(),
                Optional.empty());
    }

    private boolean begin() {
        return checks(Optional.empty()).begin(statefulSet(), server(), "other:17");
    }

    private ImageChecks checks(Optional<Pod> pod) {
        return new ImageChecks(instance, pod, api.client());
    }

    private @Nullable Pod present() {
        return api.client()
                .pods()
                .inNamespace("team-a")
                .withName("shop-image-check")
                .get();
    }

    private StatefulSet statefulSet() {
        return StatefulSets.statefulSet(instance, new RunState.Running(), StatefulSets.wantedSize(instance));
    }

    private Pod server() {
        return new PodBuilder(StatefulSets.successor(statefulSet()))
                .editSpec()
                .withNodeName("node-1")
                .endSpec()
                .build();
    }

    private void refuseChecks() {
        api.client()
                .resource(new ValidatingAdmissionPolicyBuilder()
                        .withNewMetadata()
                        .withName("no-checks")
                        .endMetadata()
                        .withNewSpec()
                        .withFailurePolicy("Fail")
                        .withNewMatchConstraints()
                        .addNewResourceRule()
                        .withApiGroups("")
                        .withApiVersions("v1")
                        .withOperations("CREATE")
                        .withResources("pods")
                        .endResourceRule()
                        .endMatchConstraints()
                        .addNewValidation()
                        .withExpression("!object.metadata.name.endsWith('-image-check')")
                        .withMessage("exceeded quota")
                        .endValidation()
                        .endSpec()
                        .build())
                .create();
        api.client()
                .resource(new ValidatingAdmissionPolicyBindingBuilder()
                        .withNewMetadata()
                        .withName("no-checks")
                        .endMetadata()
                        .withNewSpec()
                        .withPolicyName("no-checks")
                        .withValidationActions("Deny")
                        .endSpec()
                        .build())
                .create();
    }
}
