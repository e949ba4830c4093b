package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import org.junit.jupiter.api.Test;

/** What a deletion leaves behind, and what a new instance of the name makes of it; the cluster is the subclass's. */
interface InstanceEnds {

    TestHerd herd();

    /** Whether the cluster has an image of that major version. */
    default boolean runs(int major) {
        return true;
    }

    @Test
    default void deletingKeepsTheVolumeAndANewInstanceOfTheNameFindsItsData() throws Exception {
        // Given
        var shop = herd().instance("retained");
        shop.apply("{}");
        shop.awaitReady();
        shop.execute("CREATE TABLE kept (id int)");
        shop.execute("INSERT INTO kept VALUES (7)");

        // When
        shop.delete();

        // Then
        assertThat(shop.children(Pod.class)).isEmpty();
        assertThat(shop.children(PersistentVolumeClaim.class)).hasSize(1);
        assertThat(shop.children(Secret.class)).hasSize(3);

        // When
        shop.apply("{deletionPolicy: Delete}");
        shop.awaitReady();

        // Then
        assertThat(shop.query("SELECT id FROM kept")).contains("7");
    }

    @Test
    default void aKeptVolumeIsAdoptedAlsoWhereItsSecretsAreGone() throws Exception {
        // Given
        var shop = herd().instance("adopted");
        shop.apply("{}");
        shop.awaitReady();
        shop.execute("CREATE TABLE kept AS SELECT 7 AS id");
        shop.delete();
        for (var secret : new String[] {"adopted-superuser", "adopted-app", "adopted-agent"}) {
            shop.deleteSecret(secret);
        }

        // When
        shop.apply("{deletionPolicy: Delete}");
        shop.awaitReady();

        // Then
        herd().eventually(() -> assertThat(shop.query("SELECT id FROM kept")).contains("7"));
    }

    @Test
    default void deletingWithDeleteLeavesNothingOfAnyKind() throws Exception {
        // Given
        assertThat(herd().objectsNamedAfter("deleted")).isEmpty();
        var shop = herd().instance("deleted");
        shop.apply("{deletionPolicy: Delete, databases: [{name: more}]}");
        shop.awaitReady();
        assertThat(herd().objectsNamedAfter("deleted"))
                .contains("Secret/deleted-app", "StatefulSet/deleted", "PersistentVolumeClaim/data-deleted-0");

        // When
        shop.delete();

        // Then
        herd().eventually(() -> assertThat(herd().objectsNamedAfter("deleted")).isEmpty());
    }

    @Test
    default void deletingAndMakingAgainAtOnceGivesANewServer() throws Exception {
        // Given
        var shop = herd().instance("again");
        shop.apply("{deletionPolicy: Delete}");
        shop.awaitReady();
        shop.execute("CREATE TABLE gone (id int)");

        // When
        shop.requestDeletion();
        shop.apply("{deletionPolicy: Delete}");

        // Then
        shop.awaitReady();
        herd().eventually(() ->
                assertThatThrownBy(() -> shop.query("SELECT * FROM gone")).hasMessageContaining("42P01"));
    }

    @Test
    default void aVolumeOfANewerVersionIsRefusedUntilThatVersionIsAskedFor() throws Exception {
        assumeTrue(runs(15), "no image of PostgreSQL 15 here");
        // Given
        var shop = herd().instance("newer");
        shop.apply("{}");
        shop.awaitReady();
        shop.execute("CREATE TABLE kept AS SELECT 7 AS id");
        shop.delete();

        // When
        shop.apply("{postgresVersion: 15, deletionPolicy: Delete}");

        // Then
        shop.awaitReason("BootstrapFailed");
        herd().eventually(() -> assertThat(shop.readyMessage()).contains("data of PostgreSQL 17"));

        // When
        shop.apply("{postgresVersion: 17, deletionPolicy: Delete}");
        shop.awaitReady();

        // Then
        herd().eventually(() -> assertThat(shop.query("SELECT id FROM kept")).contains("7"));
    }
}
