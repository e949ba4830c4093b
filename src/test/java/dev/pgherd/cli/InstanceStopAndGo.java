package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.Phase;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How instances stop, go on and end. */
abstract class InstanceStopAndGo extends InstanceFaults {

    private static String in(Duration time) {
        return Clock.systemUTC().instant().plus(time).toString();
    }

    private HerdInstance withData(String name) {
        var shop = herd().instance(name);
        shop.apply("{deletionPolicy: Delete}");
        shop.awaitReady();
        shop.execute("CREATE TABLE kept AS SELECT 7 AS id");
        return shop;
    }

    private void awaitAsleep(HerdInstance shop) {
        shop.awaitReason("Hibernated");
        herd().eventually(() -> assertThat(shop.status().phase()).isEqualTo(Phase.Hibernated));
    }

    @Test
    void hibernatingStopsTheServerAndKeepsTheData() throws Exception {
        // Given
        var shop = withData("asleep");

        // When
        shop.apply("{deletionPolicy: Delete, hibernated: true}");
        awaitAsleep(shop);

        // Then
        assertThat(shop.children(Pod.class)).isEmpty();
        assertThat(shop.children(PersistentVolumeClaim.class)).hasSize(1);
        assertThat(shop.status().readyInstances()).isZero();
        assertThat(shop.status().met(Condition.READY)).isTrue();
        assertThat(shop.status().condition(Condition.AVAILABLE))
                .hasValueSatisfying(condition -> assertThat(condition.reason()).isEqualTo("Hibernated"));

        // When
        shop.apply("{deletionPolicy: Delete, hibernated: false}");
        shop.awaitReady();

        // Then
        herd().eventually(() -> assertThat(shop.query("SELECT id FROM kept")).contains("7"));
        herd().eventually(() -> assertThat(shop.told("Woken")).isEqualTo(1));
        assertThat(shop.told("Hibernated")).isEqualTo(1);
    }

    @Test
    void fiveQueriesWakeAnInstanceOnceAndAreAllAnswered() throws Exception {
        // Given
        var shop = withData("woken");
        shop.apply("{deletionPolicy: Delete, hibernated: true}");
        awaitAsleep(shop);

        // When
        var pods = shop.podUidsDuring(() -> {
            var answers = IntStream.range(0, 5)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> shop.query("SELECT id FROM kept")))
                    .toList();

            // Then
            answers.forEach(answer -> assertThat(answer.join()).contains("7"));
        });
        assertThat(pods).hasSize(1);
        herd().eventually(() -> assertThat(shop.told("Woken")).isEqualTo(1));
    }

    @Test
    void anInstanceHibernatesAtTheEndOfItsLifeAndExtendingThatAloneWakesIt() throws Exception {
        // Given
        var shop = withData("lapsed");

        // When
        shop.apply("{deletionPolicy: Delete, lifecycle: {onExpiration: Hibernate, expirationTime: '%s'}}"
                .formatted(in(Duration.ofSeconds(4))));
        awaitAsleep(shop);

        // Then
        assertThat(shop.readyMessage()).contains("expired at " + shop.status().expirationTime());
        assertThatThrownBy(() -> shop.query("SELECT 1")).hasMessageContaining("expired at");

        // When
        shop.apply("{deletionPolicy: Delete, lifecycle: {onExpiration: Hibernate, expirationTime: '%s'}}"
                .formatted(in(Duration.ofDays(9))));
        shop.awaitReady();

        // Then
        herd().eventually(() -> assertThat(shop.query("SELECT id FROM kept")).contains("7"));
    }

    @Test
    void anInstanceIsDeletedAtTheEndOfItsLifeAfterAWarning() throws Exception {
        // Given
        var shop = herd().instance("ended");

        // When
        shop.apply("{deletionPolicy: Delete, lifecycle: {expirationTime: '%s'}}".formatted(in(Duration.ofSeconds(12))));

        // Then
        herd().eventually(() -> assertThat(shop.exists()).isFalse());
        assertThat(shop.told("Expiring")).isEqualTo(1);
        assertThat(shop.told("Expired")).isEqualTo(1);
        herd().eventually(() -> assertThat(shop.children(Pod.class)).isEmpty());
    }

    @Test
    @SuppressWarnings("try") // the refusal only lasts
    void anEndThatTheApiRefusesIsToldAndComesWhenItMay() throws Exception {
        // Given
        var shop = withData("needed");

        // When
        try (var refusal = herd().refuseDeletionOf(shop)) {
            shop.apply(
                    "{deletionPolicy: Delete, lifecycle: {expirationTime: '%s'}}".formatted(in(Duration.ofSeconds(2))));

            // Then
            shop.awaitReason("DeletionBlocked");
            assertThat(shop.readyMessage()).contains("expired at", "this one is needed still");
            herd().eventually(() -> assertThat(shop.told("DeletionBlocked")).isEqualTo(1));
            assertThat(shop.query("SELECT id FROM kept")).contains("7");
        }

        // Then
        herd().eventually(() -> assertThat(shop.exists()).isFalse());
    }

    @Test
    void whatIsProtectedIsDeletedOnlyWhenItIsProtectedNoMore() throws Exception {
        // Given
        var shop = herd().instance("protected");
        shop.apply("{deletionPolicy: Delete, deletionProtection: true}");

        // When // Then
        assertThatThrownBy(shop::requestDeletion).hasMessageContaining("set spec.deletionProtection to false first");
        assertThat(shop.exists()).isTrue();

        // When
        shop.apply("{deletionPolicy: Delete, deletionProtection: false}");
        shop.delete();

        // Then
        assertThat(shop.exists()).isFalse();
    }
}
