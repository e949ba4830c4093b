package dev.pgherd.cli;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Changes of the major version on the cluster that KUBECONFIG names. */
@Tag("cluster")
class ClusterUpgradeIT extends UpgradeLifecycle {

    private final Lifetime lifetime = new Lifetime();
    private TestHerd herd;

    @BeforeAll
    void start() throws Exception {
        lifetime.start();
        herd = TestHerds.onCluster(lifetime);
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
