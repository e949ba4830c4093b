package dev.pgherd.cli;

import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.devcluster.DevCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** On the embedded cluster. */
@Tag("benchmark")
class EmbeddedStatefulSetBenchmarkIT extends StatefulSetBenchmark {

    private final Lifetime lifetime = new Lifetime();
    private DevCluster cluster;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        lifetime.start();
        cluster = lifetime.own(
                new DevCluster(directory, Directories.ofThisProcess().cache(), Clock.systemUTC()));
        cluster.start(false, progress -> {});
        var route = lifetime.own(DevRoute.of(cluster));
        lifetime.own(new Herd(cluster.client(), route, HttpConfig.defaults().withPort(0), McpConfig.from(Map.of())))
                .start();
    }

    @AfterAll
    void stop() {
        lifetime.close();
    }

    @Override
    KubernetesClient client() {
        return cluster.client();
    }

    @Override
    String namespace() {
        return "default";
    }
}
