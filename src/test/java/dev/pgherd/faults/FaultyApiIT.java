package dev.pgherd.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.devcluster.DevCluster;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The operator gets there although its client meets trouble at every turn; the owner's client meets none. */
@TestInstance(Lifecycle.PER_CLASS)
class FaultyApiIT {

    private static final long SEED = Long.getLong("faults.seed", 1);

    private DevCluster cluster;
    private Owner owner;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        cluster = new DevCluster(directory, Path.of("target", "postgresql").toAbsolutePath(), Clock.systemUTC());
        cluster.start(false, progress -> {});
        owner = Owner.of(cluster.client());
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @EnumSource
    void anInstanceIsMadeChangedAndDeletedUnderEachFault(Fault fault) throws Exception {
        liveThrough(Set.of(fault), fault.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    @Test
    void anInstanceIsMadeChangedAndDeletedUnderAllFaults() throws Exception {
        liveThrough(EnumSet.allOf(Fault.class), "all-faults");
    }

    private void liveThrough(Set<Fault> faults, String name) throws Exception {
        var api = new FaultyApi(URI.create(cluster.client().getMasterUrl().toString()), Weather.of(SEED, 0.3, faults));
        try (var operator = SufferingOperator.start(api, FaultyApi.HOLD.dividedBy(3))) {
            // Given
            owner.apply(name, "{deletionPolicy: Delete, postgresql: {parameters: {work_mem: 8MB}}}");
            owner.awaitReady(name);
            owner.execute(name, "CREATE TABLE kept AS SELECT 7 AS id");

            // When
            owner.apply(
                    name, "{deletionPolicy: Delete, postgresql: {parameters: {work_mem: 9MB, max_connections: '33'}}}");
            owner.awaitReady(name);

            // Then
            assertThat(owner.query(name, "SHOW work_mem")).isEqualTo("9MB");
            assertThat(owner.query(name, "SHOW max_connections")).isEqualTo("33");
            assertThat(owner.query(name, "SELECT id FROM kept")).isEqualTo("7");

            // When
            owner.delete(name);

            // Then
            Owner.eventually(() -> assertThat(owner.objects()).isEmpty());
            assertThat(api.spoilt()).isPositive();
            Owner.eventually(() -> assertThat(operator.healthy()).isTrue());
        }
    }
}
