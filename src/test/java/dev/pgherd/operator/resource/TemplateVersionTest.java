package dev.pgherd.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.lifecycle.RunState;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateVersionTest {

    private static final StatefulSet DEFAULTS = statefulSet("{}", "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "inheritedMetadata: {labels: {team: blue}, annotations: {contact: me}}",
                "service: {type: NodePort, annotations: {a: b}}",
                "storage: {size: 2Gi}",
                "postgresql: {parameters: {max_connections: '33'}}",
                "deletionPolicy: Delete"
            })
    void whatIsNotInThePodDoesNotRestartIt(String spec) {
        assertThat(TemplateVersion.of(statefulSet(spec, "")).isOf(pod(DEFAULTS)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resources: {limits: {memory: 1Gi}}",
                "imageName: other",
                "scheduling: {nodeSelector: {disk: fast}}"
            })
    void whatChangesThePodRestartsIt(String spec) {
        assertThat(TemplateVersion.of(statefulSet(spec, "")).isOf(pod(DEFAULTS)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-01T12:00:00Z", "again"})
    void eachNewRequestRestartsOnceAndItsRemovalDoesNot(String requested) {
        var asked = statefulSet("{}", requested);

        assertThat(TemplateVersion.of(asked).isOf(pod(DEFAULTS))).isFalse();
        assertThat(TemplateVersion.of(asked).isOf(pod(asked))).isTrue();
        assertThat(TemplateVersion.of(statefulSet("{}", "later")).isOf(pod(asked)))
                .isFalse();
        assertThat(TemplateVersion.of(DEFAULTS).isOf(pod(asked))).isTrue();
    }

    private static Pod pod(StatefulSet set) {
        return StatefulSets.successor(set);
    }

    private static StatefulSet statefulSet(String spec, String restart) {
        var instance = new PostgresInstance();
        var metadata = new ObjectMetaBuilder().withName("shop").withNamespace("team-a");
        if (!restart.isEmpty()) {
            metadata.addToAnnotations(TemplateVersion.RESTART, restart);
        }
        instance.setMetadata(metadata.build());
        instance.setSpec(Given.spec(spec));
        return StatefulSets.statefulSet(instance, new RunState.Running(), StatefulSets.wantedSize(instance));
    }
}
