package dev.pgherd.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Changes of the major version on the embedded cluster. */
class EmbeddedUpgradeIT extends UpgradeLifecycle {

    private final Lifetime lifetime = new Lifetime();
    private TestHerd herd;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        lifetime.start();
        herd = TestHerds.embedded(lifetime, directory);
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
