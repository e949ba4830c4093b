package dev.pgherd.cli;

import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.devcluster.DevCluster;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The lifecycle on the embedded cluster. */
class EmbeddedLifecycleIT extends InstanceLifecycle {

    private final Lifetime lifetime = new Lifetime();
    private TestHerd herd;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        lifetime.start();
        var cluster = lifetime.own(
                new DevCluster(directory, Directories.ofThisProcess().cache(), Clock.systemUTC()));
        cluster.start(false, progress -> {});
        var route = lifetime.own(DevRoute.of(cluster));
        var running = lifetime.own(
                new Herd(cluster.client(), route, HttpConfig.defaults().withPort(0), McpConfig.from(Map.of())));
        herd = lifetime.own(new TestHerd(running.start(), "default"));
    }

    @AfterAll
    void stop() {
        lifetime.close();
    }

    @Override
    TestHerd herd() {
        return herd;
    }
}
