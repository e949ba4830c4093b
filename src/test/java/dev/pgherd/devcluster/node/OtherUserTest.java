package dev.pgherd.devcluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgherd.devcluster.postgres.BinariesUnavailableException;
import dev.pgherd.devcluster.postgres.PostgresServer;
import dev.pgherd.devcluster.postgres.Unprivileged;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class OtherUserTest {

    private final Unprivileged otherUser = new Unprivileged.OtherUser();

    @Test
    void dataThatWasMadeInAUserNamespaceGoesOnAsAnotherUser() throws Exception {
        assumeTrue(mayChangeUsers(), "only root changes users, and the build must be where all can read it");
        try (var directory = ClusterDirectory.create()) {
            // Given
            try (var cluster = RunningCluster.on(directory.path(), new Unprivileged.UserNamespace())) {
                cluster.applyAndAwaitReady();
                cluster.execute("CREATE TABLE kept AS SELECT 42 AS answer");
            }

            // When
            try (var cluster = RunningCluster.on(directory.path(), otherUser)) {

                // Then
                RunningCluster.await()
                        .untilAsserted(() -> assertThat(cluster.query("SELECT answer FROM kept"))
                                .isEqualTo("42"));
                assertThat(Files.getAttribute(cluster.volume(), "unix:uid")).isEqualTo(65534);
            }
        }
    }

    private boolean mayChangeUsers() {
        try {
            otherUser.requireAccess(PostgresServer.binaries().bin());
            return true;
        } catch (BinariesUnavailableException e) {
            return false;
        }
    }
}
