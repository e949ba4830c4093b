package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropToolTest extends InstanceToolsFixture {

    @Test
    void dropDeletesAndSaysWhatBecomesOfTheVolume() {
        // Given
        cluster.create(namespace, "kept", Map.of());
        caller.ask(CREATE, Map.of("name", "lost", "wait_seconds", 0));

        // When
        var kept = caller.ask(DROP, Map.of("instance", "kept", "confirm", "kept"));
        var lost = caller.ask(DROP, Map.of("instance", "lost", "confirm", "lost"));

        // Then
        assertThat(kept.structured().path("deleted").asBoolean()).isTrue();
        assertThat(kept.text()).contains("was deleted", "kept (deletionPolicy Retain)");
        assertThat(lost.structured().path("volume").asText()).isEqualTo("deleted");
        assertThat(cluster.instance(namespace, "kept").get()).isNull();
        assertThat(cluster.instance(namespace, "lost").get()).isNull();
    }

    @Test
    void dropWithoutTheRightConfirmationDeletesNothing() {
        // Given
        cluster.create(namespace, "shop", Map.of());

        // Then
        assertThat(caller.fail(DROP, Map.of("instance", "shop", "confirm", "shpo")))
                .contains("'confirm'", "'shop'", "nothing was deleted");
        assertThat(caller.fail(DROP, Map.of("instance", "shpo", "confirm", "shpo")))
                .contains("no instance 'shpo'", "shop");
        assertThat(cluster.instance(namespace, "shop").get()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop?x=1", "shop#x", "shop/", "../shop", "shop%2e", "Shop", "sh\nop"})
    void dropOfWhatIsNoNameDeletesNothing(String name) {
        // Given
        cluster.create(namespace, "shop", Map.of());

        // Then
        assertThat(caller.fail(DROP, Map.of("instance", namespace + "/" + name, "confirm", name)))
                .contains("'instance'", "lower-case letters, digits and '-'");
        assertThat(caller.fail(CREATE, Map.of("name", name, "wait_seconds", 0))).contains("'name'", "lower-case");
        assertThat(cluster.instance(namespace, "shop").get()).isNotNull();
    }

    @Test
    void dropLeavesAloneWhatIsProtected() {
        // Given
        caller.ask(CREATE, Map.of("name", "kept", "wait_seconds", 0));
        cluster.instance(namespace, "kept").edit(instance -> {
            instance.setSpec(Given.spec("---\ndeletionProtection: true"));
            return instance;
        });

        // When
        var answer = caller.fail(DROP, Map.of("instance", "kept", "confirm", "kept"));

        // Then
        assertThat(answer).contains("protected against deletion", "nothing was deleted");
        assertThat(cluster.instance(namespace, "kept").get()).isNotNull();
    }

    @Test
    void dropThatTakesLongSaysThatItIsUnderWay() {
        // Given
        cluster.create(namespace, "slow", Map.of());
        cluster.instance(namespace, "slow").edit(instance -> {
            instance.getMetadata().setFinalizers(new ArrayList<>(List.of("example.com/wait")));
            return instance;
        });

        // When
        var answer = caller.ask(DROP, Map.of("instance", "slow", "confirm", "slow", "wait_seconds", 1));

        // Then
        assertThat(answer.structured().path("deleted").asBoolean()).isFalse();
        assertThat(answer.text()).contains("not finished yet");
        assertThat(caller.ask(GET, Map.of("instance", "slow"))
                        .structured()
                        .path("phase")
                        .asText())
                .isEqualTo("Deleting");
    }
}
