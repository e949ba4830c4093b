package dev.pgherd.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;

class InheritedTest {

    private static final ObjectMeta OWN = new ObjectMetaBuilder()
            .addToLabels("pgherd.dev/instance", "shop")
            .addToAnnotations("sidecar/injected", "yes")
            .build();

    @Test
    void whatIsHandedDownComesBesideTheChildsOwn() {
        var child = Inherited.onto(OWN, instance("{labels: {team: blue}, annotations: {contact: a@b}}"));

        assertThat(child.getLabels())
                .containsEntry("pgherd.dev/instance", "shop")
                .containsEntry("team", "blue");
        assertThat(child.getAnnotations())
                .containsEntry("sidecar/injected", "yes")
                .containsEntry("contact", "a@b");
    }

    @Test
    void whatIsTakenBackGoesAndTheChildsOwnStays() {
        var before = Inherited.onto(OWN, instance("{labels: {team: blue, tier: gold}, annotations: {contact: a@b}}"));

        var fewer = Inherited.onto(before, instance("{labels: {team: red}}"));
        var none = Inherited.onto(before, instance("{}"));

        assertThat(fewer.getLabels()).containsEntry("team", "red").doesNotContainKey("tier");
        assertThat(fewer.getAnnotations()).doesNotContainKey("contact");
        assertThat(none.getLabels()).isEqualTo(OWN.getLabels());
        assertThat(none.getAnnotations()).isEqualTo(OWN.getAnnotations());
    }

    @Test
    void onceInheritedNothingChangesAnyMore() {
        var wish = instance("{labels: {team: blue}, annotations: {contact: a@b}}");
        var child = Inherited.onto(OWN, wish);

        assertThat(Inherited.onto(child, wish)).isEqualTo(child);
    }

    private static PostgresInstance instance(String inheritedMetadata) {
        var instance = new PostgresInstance();
        instance.setSpec(Given.spec("inheritedMetadata: " + inheritedMetadata));
        return instance;
    }
}
