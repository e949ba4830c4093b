package dev.pgherd.faults;

import static dev.pgherd.cli.Figures.print;
import static org.awaitility.Awaitility.await;

import dev.pgherd.devcluster.DevCluster;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What instances cost at rest; prints figures and gives no verdict. */
@Tag("benchmark")
class FootprintBenchmarkIT {

    private static final int SERVERS = 20;
    private static final int MANY = 500;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    @Test
    void objectsAndWritesForOneInstance() throws Exception {
        try (var cluster = cluster()) {
            var owner = Owner.of(cluster.client());
            var api = new FaultyApi(URI.create(cluster.client().getMasterUrl().toString()), Weather.fair());
            try (var operator = SufferingOperator.start(api)) {
                owner.apply("one", "{deletionPolicy: Delete}");
                owner.awaitReady("one");
                await().pollDelay(Duration.ofSeconds(5)).until(operator::healthy);
                print("objects of one instance", owner.objects().size());
                print("API writes of the operator for one instance", (double)
                        api.calls().stream().filter(ApiCall::isWrite).count());
                api.calls().stream()
                        .filter(ApiCall::isWrite)
                        .collect(Collectors.groupingBy(
                                call -> call.method() + " " + call.path().replaceFirst("^/[0-9a-f]{32}", ""),
                                Collectors.counting()))
                        .forEach((call, count) -> print("  " + call, count.doubleValue()));
            }
        }
    }

    @Test
    void cpuOfTheProgramWithServersAtRest() throws Exception {
        try (var cluster = cluster();
                var operator = OperatorProcess.start(directory, cluster.kubeconfig())) {
            var idle = operator.cpuSecondsIn(MINUTE);
            var owner = Owner.of(cluster.client());
            for (var number = 0; number < SERVERS; number++) {
                owner.apply("server-" + number, "{deletionPolicy: Delete}");
                owner.awaitReady("server-" + number);
            }
            Thread.sleep(MINUTE.dividedBy(3).toMillis());
            var busy = operator.cpuSecondsIn(MINUTE);
            print("CPU in a minute without instances (s)", idle);
            print("CPU in a minute with " + SERVERS + " servers at rest (s)", busy);
            print("that makes for " + MANY + " servers (s a minute)", (busy - idle) / SERVERS * MANY + idle);
        }
    }

    @Test
    void memoryThreadsAndCpuOfTheProgramWithManyInstancesWithoutServers() throws Exception {
        try (var cluster = new ApiWithoutNode(directory.resolve("api"));
                var operator = OperatorProcess.start(directory, cluster.writeKubeconfig(directory))) {
            figures(operator, 0);
            for (var count = MANY; count <= 2 * MANY; count += MANY) {
                cluster.createInstances(count - MANY, count);
                cluster.awaitReported(count);
                Thread.sleep(MINUTE.dividedBy(3).toMillis());
                figures(operator, count);
            }
        }
    }

    private static void figures(OperatorProcess operator, int instances) throws Exception {
        print("heap after collection with " + instances + " instances (MiB)", operator.heapMebibytes());
        print("resident memory with " + instances + " instances (MiB)", operator.residentMebibytes());
        print("threads with " + instances + " instances", operator.threads());
        print("CPU in a minute with " + instances + " instances without servers (s)", operator.cpuSecondsIn(MINUTE));
    }

    private DevCluster cluster() throws Exception {
        var cluster = new DevCluster(
                directory.resolve("cluster"), Path.of("target", "postgresql").toAbsolutePath(), Clock.systemUTC());
        cluster.start(false, progress -> {});
        return cluster;
    }
}
