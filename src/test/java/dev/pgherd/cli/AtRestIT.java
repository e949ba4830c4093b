package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.config.OperatorConfig;
import dev.pgherd.config.PoolConfig;
import dev.pgherd.devcluster.DevCluster;
import dev.pgherd.kubernetes.Requests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance that is as desired costs the API no write, however often it is looked at. */
class AtRestIT {

    private static final int PASSES = 5;

    @Test
    void passesOverAnInstanceAtRestWriteNothing(@TempDir Path directory) throws Exception {
        var requests = new Requests();
        try (var cluster = new DevCluster(directory, Directories.ofThisProcess().cache(), Clock.systemUTC())) {
            cluster.start(false, progress -> {});
            try (var client = requests.client(Files.readString(cluster.kubeconfig()));
                    var route = DevRoute.of(cluster);
                    var herd = new Herd(
                                    client,
                                    route,
                                    HttpConfig.defaults().withPort(0),
                                    McpConfig.from(Map.of()),
                                    PoolConfig.defaults(),
                                    OperatorConfig.from(Map.of()),
                                    () -> {})
                            .start();
                    var test = new TestHerd(herd, cluster.client(), "default")) {
                // Given
                var shop = test.instance("shop");
                shop.apply("{deletionPolicy: Delete, inheritedMetadata: {labels: {team: blue}}}");
                shop.awaitReady();
                test.settled(() -> requests.writes().size());
                var before = requests.writes();

                // When
                for (var pass = 0; pass < PASSES; pass++) {
                    var done = passes(herd);
                    shop.annotate("test", "touched " + pass);
                    await().atMost(Duration.ofMinutes(1)).until(() -> passes(herd) > done);
                }

                // Then
                assertThat(before).isNotEmpty();
                assertThat(requests.writes()).isEqualTo(before);
            }
        }
    }

    /** Passes that have succeeded, by the program's own metrics. */
    private static double passes(Herd herd) {
        var request =
                HttpRequest.newBuilder(URI.create(herd.baseUrl() + "/metrics")).build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("reconciliations_success_total"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
