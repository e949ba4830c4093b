package dev.pgherd.operator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.operator.resource.Secrets;
import dev.pgherd.operator.status.DatabaseChange;
import dev.pgherd.operator.status.DatabaseState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which databases the operator drops inside a real server, and which never. */
class DroppedDatabasesTest extends DatabasesFixture {

    @Test
    void aDatabaseTakenOutOfTheListStaysUnlessItWasToGo() throws Exception {
        // Given
        problems("{name: stays}", "{name: goes, reclaimPolicy: Delete}");
        try (var open = server.connect(Secrets.READER, "goes")) {
            // When
            assertThat(problems()).isEmpty();

            // Then
            assertThat(owner("stays")).isEqualTo("app");
            assertThat(owner("goes")).isEqualTo("no row");
            assertThat(open.isValid(5)).isFalse();
        }
    }

    @Test
    void nothingIsDroppedForASpecThatIsNotTheNewestAnyMore() throws Exception {
        // Given
        problems("{name: wanted, reclaimPolicy: Delete}");
        server.newest(false);

        // When
        var problems = problems();

        // Then
        assertThat(owner("wanted")).isEqualTo("app");
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.database()).isEqualTo("wanted");
            assertThat(problem.message()).contains("when the Kubernetes API confirms");
            assertThat(problem.stalled()).isFalse();
        });

        // When
        server.newest(true);

        // Then
        assertThat(problems()).isEmpty();
        assertThat(owner("wanted")).isEqualTo("no row");
    }

    @Test
    void whatWasMadeAndDroppedIsToldOnce() {
        assertThat(changes("{name: orders, reclaimPolicy: Delete}"))
                .containsExactlyInAnyOrder(new DatabaseChange.Created("app"), new DatabaseChange.Created("orders"));
        assertThat(changes("{name: orders, reclaimPolicy: Delete}")).isEmpty();
        assertThat(changes()).containsExactly(new DatabaseChange.Dropped("orders"));
        assertThat(changes()).isEmpty();
    }

    @Test
    void thePolicyThatCountsIsTheLastOne() throws Exception {
        // Given
        problems("{name: stays, reclaimPolicy: Delete}", "{name: goes}");
        problems("{name: stays, reclaimPolicy: Retain}", "{name: goes, reclaimPolicy: Delete}");

        // When
        problems();

        // Then
        assertThat(owner("stays")).isEqualTo("app");
        assertThat(owner("goes")).isEqualTo("no row");
    }

    @Test
    void whatPgHerdDidNotCreateIsNeverDropped() throws Exception {
        // Given
        server.asSuperuser("CREATE DATABASE older");
        problems("{name: older, reclaimPolicy: Delete}", "{name: app, reclaimPolicy: Delete}");
        assertThat(owner("older")).isEqualTo("app");

        // When
        problems();

        // Then
        assertThat(owner("older")).isEqualTo("app");
        assertThat(owner("app")).isEqualTo("app");
    }

    @Test
    void aNewResourceOverAnOldVolumeDropsNothing() throws Exception {
        // Given
        problems("{name: precious, reclaimPolicy: Delete}");

        // When
        server.reconcile(OperatedServer.instance("another", "{}"));
        server.reconcile(OperatedServer.instance("another", "{}"));

        // Then
        assertThat(owner("precious")).isEqualTo("app");
    }

    @Test
    void aDatabaseThatWasRenamedIsAnother() throws Exception {
        // Given
        problems("{name: orders, reclaimPolicy: Delete}");
        server.asSuperuser("ALTER DATABASE orders RENAME TO orders_before");

        // When
        problems("{name: orders, reclaimPolicy: Delete}");
        problems();

        // Then
        assertThat(owner("orders_before")).isEqualTo("app");
        assertThat(owner("orders")).isEqualTo("no row");
    }

    private List<DatabaseChange> changes(String... databases) {
        return ((DatabaseState.Reached) server.reconcile(instance(databases))).changes();
    }
}
