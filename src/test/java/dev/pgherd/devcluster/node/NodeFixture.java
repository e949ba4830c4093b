package dev.pgherd.devcluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A cluster in a directory of its own for each test, none of whose processes outlives it. */
abstract class NodeFixture {

    ClusterDirectory directory;
    RunningCluster cluster;

    @BeforeEach
    void start() throws Exception {
        directory = ClusterDirectory.create();
        cluster = RunningCluster.on(directory.path());
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
        assertThat(cluster.processes()).isEmpty();
        directory.close();
    }
}
