package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgherd.api.Labels;
import dev.pgherd.api.v1alpha1.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What an instance goes through, through the same public faces that users have; the cluster is the subclass's. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class InstanceLifecycle extends InstanceStopAndGo implements InstanceChange, InstanceEnds {

    @Test
    void theQuickstartBecomesReadyAndAnswersAQuery() throws Exception {
        // Given
        var shop = herd().instance("quickstart");

        // When
        shop.apply("{deletionPolicy: Delete, postgresql: {parameters: {work_mem: 8MB}}}");
        shop.awaitReady();

        // Then
        assertThat(shop.query("SELECT 41 + $1 AS answer", 1)).contains("42");
        assertThat(shop.query("SHOW work_mem")).contains("8MB");
        assertThat(shop.status().postgresVersion()).startsWith("17.");
        assertThat(shop.status().met(Condition.AVAILABLE)).isTrue();
    }

    @Test
    void aParameterIsAppliedByReloadOrByOneRestart() throws Exception {
        // Given
        var shop = herd().instance("parameters");
        shop.apply("{deletionPolicy: Delete}");
        shop.awaitReady();
        var first = shop.pod().getMetadata().getUid();

        // When
        shop.apply("{deletionPolicy: Delete, postgresql: {parameters: {work_mem: 9MB}}}");
        shop.awaitReady();

        // Then
        assertThat(shop.query("SHOW work_mem")).contains("9MB");
        assertThat(shop.pod().getMetadata().getUid()).isEqualTo(first);

        // When
        var pods = shop.podUidsDuring(() -> {
            shop.apply("{deletionPolicy: Delete, postgresql: {parameters: {work_mem: 9MB, max_connections: '33'}}}");
            shop.awaitReady();
        });

        // Then
        assertThat(shop.query("SHOW max_connections")).contains("33");
        assertThat(pods).hasSize(2).contains(first);
    }

    @Test
    void aParameterThatPostgresqlRefusesIsNamedAndHarmsNothing() throws Exception {
        // Given
        var shop = herd().instance("refused");
        shop.apply("{deletionPolicy: Delete}");
        shop.awaitReady();

        // When
        shop.apply("{deletionPolicy: Delete, postgresql: {parameters: {work_memm: 9MB}}}");

        // Then
        shop.awaitReason("InvalidParameter");
        assertThat(shop.readyMessage()).contains("work_memm");
        assertThat(shop.query("SELECT 1")).contains("1");

        // When
        shop.apply("{deletionPolicy: Delete}");

        // Then
        shop.awaitReady();
    }

    @Test
    void killingThePodLosesNothing() throws Exception {
        // Given
        var shop = herd().instance("killed");
        shop.apply("{deletionPolicy: Delete}");
        shop.awaitReady();
        shop.execute("CREATE TABLE kept (id int)");
        shop.execute("INSERT INTO kept SELECT generate_series(1, 1000)");

        // When
        shop.killPod();
        shop.awaitReady();

        // Then
        assertThat(shop.query("SELECT count(*) AS n FROM kept")).contains("1000");
    }

    @Test
    void anImageThatCannotBeHadIsReportedAndCorrected() throws Exception {
        // Given
        var shop = herd().instance("imageless");

        // When
        shop.apply("{deletionPolicy: Delete, imageName: 'localhost/no-such-image:1'}");

        // Then
        shop.awaitReason("ImagePullFailed");
        assertThat(shop.readyMessage()).contains("localhost/no-such-image:1");

        // When
        shop.apply("{deletionPolicy: Delete}");

        // Then
        shop.awaitReady();
    }

    @Test
    void theDatabaseItselfStopsAnAgentThatReachesForMore() throws Exception {
        // Given
        var shop = herd().instance("bounded");
        shop.apply("{deletionPolicy: Delete, bootstrap: {initdb: {database: orders, owner: clerk}}}");
        shop.awaitReady();
        shop.execute("CREATE TABLE mine (id int)");

        // Then
        assertThatThrownBy(() -> shop.query("SELECT rolpassword FROM pg_authid"))
                .hasMessageContaining("42501");
        assertThatThrownBy(() -> shop.query("SELECT pg_read_file('PG_VERSION')"))
                .hasMessageContaining("42501");
        assertThatThrownBy(() -> shop.query("INSERT INTO mine VALUES (1)")).isInstanceOf(CommandFailedException.class);
        assertThatThrownBy(() -> shop.execute("CREATE ROLE evil SUPERUSER")).hasMessageContaining("42501");
        assertThatThrownBy(() -> shop.execute("COPY mine TO PROGRAM 'id'")).hasMessageContaining("42501");
        assertThat(shop.query("SELECT count(*) AS n FROM mine")).contains("0");
    }

    @Test
    void furtherDatabasesComeAndGo() throws Exception {
        // Given
        var shop = herd().instance("databases");
        var names = "SELECT string_agg(datname, ',') FROM pg_database";

        // When
        shop.apply("{deletionPolicy: Delete, databases: [{name: orders, reclaimPolicy: Delete}, {name: stock}]}");
        shop.awaitReady();

        // Then
        assertThat(shop.query(names)).contains("orders", "stock");

        // When
        shop.apply("{deletionPolicy: Delete, databases: [{name: stock, extensions: [{name: no_such_thing}]}]}");

        // Then
        shop.awaitReason("DatabaseFailed");
        assertThat(shop.readyMessage()).contains("database stock", "no_such_thing");
        assertThat(shop.status().met(Condition.AVAILABLE)).isTrue();
        assertThat(shop.query(names)).contains("stock").doesNotContain("orders");

        // When
        shop.apply("{deletionPolicy: Delete, databases: [{name: stock, extensions: [{name: hstore}]}]}");

        // Then
        shop.awaitReady();
    }

    @Test
    void aLostPasswordOfTheSuperuserCostsOneRestart() throws Exception {
        // Given
        var shop = herd().instance("locked");
        shop.apply("{deletionPolicy: Delete}");
        shop.awaitReady();
        shop.execute("CREATE TABLE kept AS SELECT 7 AS id");
        herd().settled(() -> String.valueOf(shop.pod().getMetadata().getAnnotations()));
        var first = shop.pod().getMetadata().getUid();

        // When
        shop.deleteSecret("locked-superuser");

        // Then
        herd().eventually(() -> assertThat(shop.pod().getMetadata().getUid()).isNotEqualTo(first));
        shop.awaitReady();
        assertThat(shop.query("SELECT id FROM kept")).contains("7");
    }

    @Test
    void aValueThatTheServerComputesItselfRestartsItAtMostOnce() throws Exception {
        // Given
        var shop = herd().instance("computed");
        shop.apply("{deletionPolicy: Delete}");
        shop.awaitReady();

        // When
        var pods = shop.podUidsDuring(() -> {
            shop.apply("{deletionPolicy: Delete, postgresql: {parameters: {transaction_buffers: '0'}}}");
            shop.awaitReady();
            herd().settled(() -> shop.pod().getMetadata().getUid());
        });

        // Then
        assertThat(pods).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aRefusedChangeIsToldAndTheServerRunsOn() throws Exception {
        // Given
        var shop = herd().instance("refusing");
        shop.apply("{deletionPolicy: Delete}");
        shop.awaitReady();

        // When
        assertThatThrownBy(() -> shop.apply("{deletionPolicy: Delete, resources: {requests: {memory: 4Xi}}}"))
                .hasMessageContaining("spec.resources.requests.memory");
        assertThatThrownBy(() -> shop.apply("{deletionPolicy: Delete, storage: {size: 1Mi}}"))
                .hasMessageContaining("size can only grow");
        assertThatThrownBy(() -> shop.apply("{deletionPolicy: Delete, postgresql: {parameters: {port: '1'}}}"))
                .hasMessageContaining("managed by the operator");

        // Then
        assertThat(shop.status().met(Condition.READY)).isTrue();
        assertThat(shop.query("SELECT 1")).contains("1");
    }

    @Test
    void anInstanceAtRestIsWrittenNoMore() throws Exception {
        // Given
        var shop = herd().instance("restful");
        shop.apply("{deletionPolicy: Delete}");
        shop.awaitReady();
        var before = herd().settled(() -> versions(shop));

        // When: something of its own changes nothing that is wanted, so the operator passes over it
        shop.touch();
        shop.awaitReady();

        // Then
        assertThat(versions(shop)).isEqualTo(before);
    }

    private static Map<String, String> versions(HerdInstance instance) {
        return everything(instance).stream()
                .collect(Collectors.toMap(
                        child -> child.getKind() + "/" + child.getMetadata().getName(),
                        child -> child.getMetadata().getResourceVersion()));
    }

    private static List<? extends HasMetadata> everything(HerdInstance instance) {
        return Stream.of(
                        Pod.class,
                        Secret.class,
                        PersistentVolumeClaim.class,
                        ConfigMap.class,
                        Service.class,
                        StatefulSet.class)
                .flatMap(type -> instance.children(type).stream())
                .filter(child -> child.getMetadata().getLabels().containsKey(Labels.INSTANCE))
                .toList();
    }
}
