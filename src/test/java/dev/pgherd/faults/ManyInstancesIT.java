package dev.pgherd.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hundreds of instances, without servers: what the operator keeps, asks and writes for each. */
class ManyInstancesIT {

    private static final int INSTANCES = 500;
    private static final int WRITES_FOR_ONE = 10;

    @Test
    void fiveHundredInstancesNeedNoThreadEachAndNoWritesAtRest(@TempDir Path directory) {
        try (var cluster = new ApiWithoutNode(directory);
                var api = new FaultyApi(cluster.url(), Weather.fair());
                var operator = SufferingOperator.start(api)) {
            // Given
            cluster.createSecretsOfOthers(50);
            cluster.createInstances(0, 50);
            cluster.awaitReported(50);
            var threads = operatorThreads();

            // When
            cluster.createInstances(50, INSTANCES);
            cluster.awaitReported(INSTANCES);

            // Then
            assertThat(operatorThreads()).isLessThan(threads + 50);
            assertThat(api.calls().stream().filter(ApiCall::readsSecrets))
                    .isNotEmpty()
                    .allMatch(call -> call.query().contains("labelSelector=app.kubernetes.io/managed-by=pgherd"));
            var writes = settledWrites(api);
            assertThat(writes).isBetween((long) INSTANCES * (WRITES_FOR_ONE - 2), (long) INSTANCES * WRITES_FOR_ONE);
            assertThat(operator.healthy()).isTrue();
        }
    }

    /** The number of writes once there are no more of them although the operator passes over its instances. */
    private static long settledWrites(FaultyApi api) {
        var before = new long[] {-1};
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .during(Duration.ofSeconds(6))
                .until(() -> {
                    var now = writes(api);
                    var same = now == before[0];
                    before[0] = now;
                    return same;
                });
        return writes(api);
    }

    private static long writes(FaultyApi api) {
        return api.calls().stream().filter(ApiCall::isWrite).count();
    }

    /** All but those of the test's own servers. */
    private static long operatorThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.startsWith("faulty-api") && !name.startsWith("JettyServer"))
                .count();
    }
}
