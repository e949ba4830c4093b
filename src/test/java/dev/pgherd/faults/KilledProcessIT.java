package dev.pgherd.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.devcluster.DevCluster;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program gets SIGKILL at times that chance names. */
class KilledProcessIT {

    private static final long SEED = Long.getLong("chaos.seed", 1);
    private static final int KILLS = 3;
    private static final int LONGEST_LIFE_MILLIS = 3_000;

    @Test
    void instancesConvergeAlthoughTheProgramIsKilled(@TempDir Path directory) throws Exception {
        try (var cluster =
                new DevCluster(directory, Path.of("target", "postgresql").toAbsolutePath(), Clock.systemUTC())) {
            // Given
            cluster.start(false, progress -> {});
            var owner = Owner.of(cluster.client());
            var stories = IntStream.range(0, 3)
                    .mapToObj(number -> new LifeStory(owner, "killed-" + number, SEED + number))
                    .toList();

            // When
            var lives = live(stories);
            var random = new Random(SEED);
            for (var kill = 0; kill < KILLS; kill++) {
                var victim = OperatorProcess.start(directory, cluster.kubeconfig());
                TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
                victim.kill();
            }

            // Then
            try (var last = OperatorProcess.start(directory, cluster.kubeconfig())) {
                lives.get(3, TimeUnit.MINUTES);
                stories.forEach(LifeStory::assertConverged);
                assertThat(last.threads()).isPositive();
            }
        }
    }

    private static CompletableFuture<Void> live(List<LifeStory> stories) {
        return CompletableFuture.allOf(stories.stream()
                .map(story -> CompletableFuture.runAsync(story::live, command -> new Thread(command).start()))
                .toArray(CompletableFuture[]::new));
    }
}
