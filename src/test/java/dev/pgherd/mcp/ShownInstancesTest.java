package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.v1alpha1.Phase;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShownInstancesTest extends InstanceToolsFixture {

    @Test
    void listIsSortedFilteredAndPaged() {
        // Given
        for (var name : List.of("c", "a", "b", "d")) {
            cluster.create(namespace, name, Map.of("team", name.equals("b") ? "blue" : "red"));
        }
        cluster.available(key("a"), 5432);

        // Then
        assertThat(names(caller.ask(LIST, Map.of("namespace", namespace)))).containsExactly("a", "b", "c", "d");
        assertThat(names(caller.ask(LIST, Map.of("namespace", namespace, "label_selector", "team=blue"))))
                .containsExactly("b");
        assertThat(names(caller.ask(LIST, Map.of("namespace", namespace, "phase", "Running"))))
                .containsExactly("a");
        var first = caller.ask(LIST, Map.of("namespace", namespace, "limit", 3));
        assertThat(names(first)).containsExactly("a", "b", "c");
        assertThat(first.structured().path("total").asInt()).isEqualTo(4);
        var second = caller.ask(
                LIST,
                Map.of(
                        "namespace",
                        namespace,
                        "limit",
                        3,
                        "cursor",
                        first.structured().path("next_cursor").asText()));
        assertThat(names(second)).containsExactly("d");
        assertThat(second.structured().has("next_cursor")).isFalse();
    }

    @Test
    void listWithoutNamespaceShowsAll() {
        // Given
        cluster.namespace(namespace + "-other");
        cluster.create(namespace, "here", Map.of());
        cluster.create(namespace + "-other", "there", Map.of());

        // Then
        assertThat(names(caller.ask(LIST, Map.of("limit", 200)))).contains("here", "there");
    }

    @Test
    void listRefusesWhatItDoesNotUnderstand() {
        assertThat(caller.fail(LIST, Map.of("phase", "Sleeping"))).contains("'phase'", "Running");
        assertThat(caller.fail(LIST, Map.of("cursor", "%%%"))).contains("'cursor'");
        assertThat(caller.fail(LIST, Map.of("cursor", "abc"))).contains("'cursor'", "next_cursor");
        assertThat(caller.fail(LIST, Map.of("cursor", "enp6eg"))).contains("'cursor'", "next_cursor");
        assertThat(caller.fail(LIST, Map.of("label_selector", "a=b&limit=1"))).contains("'label_selector'");
        assertThat(caller.fail(LIST, Map.of("label_selector", "a=b#"))).contains("'label_selector'");
        assertThat(caller.fail(LIST, Map.of("namespace", "../x"))).contains("'namespace'", "lower-case letters");
        assertThat(caller.fail(LIST, Map.of("limit", 0))).contains("'limit'", "from 1 to 200");
        assertThat(caller.fail(LIST, Map.of("label_selector", "a in ("))).contains("refused");
    }

    @Test
    void getShowsSpecConditionsAndEvents() {
        // Given
        cluster.create(namespace, "shop", Map.of());
        cluster.unavailable(key("shop"), Phase.Provisioning, "VolumePending", "no StorageClass");
        cluster.client()
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("shop.1")
                        .endMetadata()
                        .withNewInvolvedObject()
                        .withKind("PostgresInstance")
                        .withName("shop")
                        .withNamespace(namespace)
                        .endInvolvedObject()
                        .withType("Warning")
                        .withReason("ProvisioningFailed")
                        .withMessage("waiting for the volume")
                        .withLastTimestamp("2026-11-20T10:00:00Z")
                        .build())
                .create();

        // When
        var answer = caller.ask(GET, Map.of("instance", namespace + "/shop"));

        // Then
        assertThat(answer.structured().at("/spec/image").asText()).isEqualTo("postgres:17");
        assertThat(answer.structured().at("/conditions/0/message").asText()).isEqualTo("no StorageClass");
        assertThat(answer.structured().at("/events/0/reason").asText()).isEqualTo("ProvisioningFailed");
        assertThat(answer.text()).contains("Available False: VolumePending: no StorageClass", "waiting for the volume");
    }

    @Test
    void anUnknownInstanceIsAnErrorThatNamesTheNearestOnes() {
        // Given
        for (var name : List.of("shop", "zoo", "shops", "aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc", "dddddddddd")) {
            cluster.create(namespace, name, Map.of());
        }

        // Then
        for (var tool : List.of(GET, "health_check_postgres")) {
            assertThat(caller.fail(tool, Map.of("instance", "shpo")))
                    .contains("no instance 'shpo' in namespace '" + namespace + "'", "shop, shops, zoo")
                    .doesNotContain("dddddddddd");
        }
        assertThat(caller.fail("query", Map.of("instance", "shpo", "sql", "SELECT 1")))
                .contains("no instance 'shpo'", "shop");
        assertThat(caller.fail(GET, Map.of("instance", "a/b/c"))).contains("'instance'", "namespace/name");
    }

    @Test
    void anInstanceThatIsNotAvailableIsExplained() {
        // Given
        cluster.create(namespace, "shop", Map.of());
        cluster.unavailable(key("shop"), Phase.Provisioning, "Starting", "the pod starts");

        // Then
        assertThat(caller.fail("query", Map.of("instance", "shop", "sql", "SELECT 1")))
                .contains("not available", "the pod starts");
        var health = caller.ask("health_check_postgres", Map.of("instance", "shop"));
        assertThat(health.structured().path("healthy").asBoolean()).isFalse();
        assertThat(health.structured().path("problem").asText()).contains("the pod starts");
        assertThat(health.structured().path("next_step").asText()).contains(GET);
    }

    private static List<String> names(Caller.Answer answer) {
        return answer.structured().path("instances").findValuesAsText("name");
    }
}
