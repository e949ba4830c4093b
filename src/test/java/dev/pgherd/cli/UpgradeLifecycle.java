package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.UpgradePhase;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Changes of the major version, as users see them. What needs the programs of two versions is tried where
 * {@code -Dpgherd.test.upgrade.image} names an image that has those of {@code pgherd.test.upgrade.from} (15) and
 * {@code pgherd.test.upgrade.to} (17).
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class UpgradeLifecycle {

    private static final int FROM = Integer.getInteger("pgherd.test.upgrade.from", 15);
    private static final int TO = Integer.getInteger("pgherd.test.upgrade.to", 17);
    private static final String IMAGE = System.getProperty("pgherd.test.upgrade.image", "");

    abstract TestHerd herd();

    @Test
    void aVersionWhoseImageCannotBeHadIsRefusedWhileTheServerRunsOn() throws Exception {
        // Given
        var shop = herd().instance("imageless-upgrade");
        shop.apply("{deletionPolicy: Delete}");
        shop.awaitReady();
        var pods = shop.podUidsDuring(() -> {

            // When
            shop.apply("{deletionPolicy: Delete, postgresVersion: 18, imageName: 'localhost/no-such-image:18'}");

            // Then
            shop.awaitReason("UpgradeRefused");
            assertThat(shop.readyMessage()).contains("localhost/no-such-image:18", "17 runs on", "back to 17");
            assertThat(shop.query("SHOW server_version")).contains("17.");
            assertThat(shop.status().met(Condition.AVAILABLE)).isTrue();
            assertThat(shop.status().image()).isEqualTo("postgres:17");

            // When: the way back leads to the version of the data, and no further
            assertThatThrownBy(() -> shop.apply("{deletionPolicy: Delete, postgresVersion: 16}"))
                    .hasMessageContaining("cannot be lower than the version of the data");
            shop.apply("{deletionPolicy: Delete}");

            // Then
            shop.awaitReady();
        });
        assertThat(pods).hasSize(1);
        assertThat(shop.status().upgrade()).isNull();
    }

    @Test
    void theDataGetToTheNewVersion() throws Exception {
        // Given
        var shop = old("upgraded");
        shop.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS id");
        var pods = shop.podUidsDuring(() -> {

            // When
            shop.apply(upgraded(IMAGE));
            shop.awaitReady();
            awaitPhase(shop, UpgradePhase.Succeeded);
        });

        // Then
        assertThat(shop.query("SHOW server_version")).contains(TO + ".");
        assertThat(shop.query("SELECT count(*) AS n FROM kept")).contains("1000");
        assertThat(shop.query("SELECT n_distinct FROM pg_stats WHERE tablename = 'kept'"))
                .contains("-1");
        assertThat(shop.status().met(Condition.UPGRADED)).isTrue();
        assertThat(shop.status().image()).isEqualTo("postgres:" + TO);
        assertThat(pods).hasSize(2);
        shop.execute("INSERT INTO kept VALUES (1001)");

        // When: the next start removes the directory before
        shop.killPod();
        shop.awaitReady();

        // Then
        assertThat(shop.query("SELECT count(*) AS n FROM kept")).contains("1001");
    }

    @Test
    void anImageWithoutTheOldProgramsIsRefusedWhileTheServerRunsOn() throws Exception {
        // Given
        var shop = old("programless");
        var pods = shop.podUidsDuring(() -> {

            // When
            shop.apply(upgraded("postgres:" + TO));

            // Then
            shop.awaitReason("UpgradeRefused");
            assertThat(shop.readyMessage())
                    .contains("has no programs of PostgreSQL " + FROM, "spec.majorUpgrade.imageName");
            assertThat(shop.query("SHOW server_version")).contains(FROM + ".");

            // When
            shop.apply("{deletionPolicy: Delete, postgresVersion: %d}".formatted(FROM));

            // Then
            shop.awaitReady();
        });
        assertThat(pods).hasSize(1);
    }

    @Test
    void whatPgUpgradeRefusesLeavesTheOldServerRunningOnItsData() throws Exception {
        // Given
        var shop = old("incompatible");
        shop.execute("CREATE TABLE kept AS SELECT 7 AS id");
        shop.execute("CREATE TABLE broken (what regprocedure)");

        // When
        shop.apply(upgraded(IMAGE));

        // Then
        shop.awaitReason("UpgradeFailed");
        assertThat(shop.readyMessage()).contains("reg*", "public.broken.what", FROM + " runs on its data");
        herd().eventually(
                        () -> assertThat(shop.status().met(Condition.AVAILABLE)).isTrue());
        assertThat(shop.query("SHOW server_version")).contains(FROM + ".");
        assertThat(shop.query("SELECT id FROM kept")).contains("7");

        // When: the cause is removed and the change asked for again
        shop.execute("DROP TABLE broken");
        shop.apply("{deletionPolicy: Delete, postgresVersion: %d}".formatted(FROM));
        shop.awaitReady();
        shop.apply(upgraded(IMAGE));
        awaitPhase(shop, UpgradePhase.Succeeded);

        // Then
        assertThat(shop.query("SHOW server_version")).contains(TO + ".");
        assertThat(shop.query("SELECT id FROM kept")).contains("7");
    }

    private HerdInstance old(String name) {
        assumeTrue(!IMAGE.isEmpty(), "no -Dpgherd.test.upgrade.image with the programs of two versions");
        var shop = herd().instance(name);
        shop.apply("{deletionPolicy: Delete, postgresVersion: %d}".formatted(FROM));
        shop.awaitReady();
        return shop;
    }

    private static String upgraded(String image) {
        return "{deletionPolicy: Delete, postgresVersion: %d, majorUpgrade: {imageName: '%s'}}".formatted(TO, image);
    }

    private void awaitPhase(HerdInstance shop, UpgradePhase phase) {
        herd().eventually(() -> assertThat(
                        Objects.requireNonNull(shop.status().upgrade()).phase())
                .isEqualTo(phase));
    }
}
