package dev.pgherd.devcluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeftoversTest {

    @Test
    void whatAKilledProcessLeftIsEndedBeforeThePodsGoOn() throws Exception {
        try (var directory = ClusterDirectory.create()) {
            // Given
            var first = ClusterProcess.startOn(directory.path());
            var temporary = Path.of(Files.readString(directory.path().resolve("temporary-directory")));
            var volume = RunningCluster.onlyVolume(directory.path());
            var pid =
                    Files.readAllLines(volume.resolve("17/data/postmaster.pid")).get(0);
            var orphan = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
            var bystander =
                    new ProcessBuilder("sleep", "60").directory(volume.toFile()).start();

            // When
            first.destroyForcibly().waitFor();
            assertThat(orphan.isAlive()).isTrue();
            try (var cluster = RunningCluster.on(directory.path())) {

                // Then
                assertThat(orphan.info().command()).isEmpty();
                assertThat(temporary).doesNotExist();
                assertThat(bystander.isAlive()).isTrue();
                RunningCluster.await()
                        .untilAsserted(
                                () -> assertThat(cluster.query("SELECT 1")).isEqualTo("1"));
                assertThat(cluster.postmaster().pid()).isNotEqualTo(orphan.pid());
            } finally {
                bystander.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        }
    }
}
