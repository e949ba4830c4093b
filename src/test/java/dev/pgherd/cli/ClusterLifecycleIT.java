package dev.pgherd.cli;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The lifecycle on the cluster that KUBECONFIG names, in a namespace that enforces restricted Pod Security. */
@Tag("cluster")
class ClusterLifecycleIT extends InstanceLifecycle {

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
    public TestHerd herd() {
        return herd;
    }
}
