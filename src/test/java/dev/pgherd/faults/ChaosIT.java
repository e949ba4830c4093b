package dev.pgherd.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.cli.Program;
import dev.pgherd.devcluster.DevCluster;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator is killed again and again while instances are made, changed and deleted. A kill takes its network away
 * at once, in the middle of whatever it does, and gives the next operator nothing but what the API has.
 */
class ChaosIT {

    private static final long SEED = Long.getLong("chaos.seed", 7);
    private static final int INSTANCES = Integer.getInteger("chaos.instances", 20);
    private static final int OWNERS = 5;
    private static final int LONGEST_LIFE_MILLIS = 6_000;

    private final Random random = new Random(SEED);
    private DevCluster cluster;
    private Path directory;

    @BeforeEach
    void start(@TempDir Path temporary) throws Exception {
        System.out.println("chaos.seed=" + SEED);
        directory = temporary;
        cluster = new DevCluster(temporary, Path.of("target", "postgresql").toAbsolutePath(), Clock.systemUTC());
        cluster.start(false, progress -> {});
    }

    @AfterEach
    void stop() {
        cluster.close();
        assertThat(Program.serversBelow(directory)).isEmpty();
    }

    @Test
    void everyInstanceConvergesAndNothingIsLostOrLeftBehind() throws Exception {
        // Given
        var owner = Owner.of(cluster.client());
        var stories = IntStream.range(0, INSTANCES)
                .mapToObj(number -> new LifeStory(owner, "chaos-" + number, SEED + number))
                .toList();

        // When
        var kills = killWhile(live(stories));

        // Then
        assertThat(kills).isPositive();
        var threads = operatorThreads();
        try (var last = operator()) {
            stories.forEach(LifeStory::assertConverged);
            assertThat(last.healthy()).isTrue();
            Owner.eventually(() -> assertThat(owner.objects()).isEqualTo(expected(stories)));
            assertThat(Program.serversBelow(directory))
                    .hasSize((int) stories.stream().filter(LifeStory::runs).count());
        }
        assertThat(threads).describedAs("threads of operators that were killed").isEmpty();
        assertThat(operatorThreads()).isEmpty();
    }

    private CompletableFuture<Void> live(List<LifeStory> stories) {
        var owners = Executors.newFixedThreadPool(OWNERS);
        var lives = stories.stream()
                .map(story -> CompletableFuture.runAsync(story::live, owners))
                .toArray(CompletableFuture[]::new);
        owners.shutdown();
        return CompletableFuture.allOf(lives);
    }

    /** Returns how often it killed. */
    private int killWhile(CompletableFuture<Void> lives) throws Exception {
        var kills = 0;
        while (!lives.isDone()) {
            var victim = operator();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
            victim.close();
            kills++;
        }
        lives.get();
        return kills;
    }

    private SufferingOperator operator() {
        var target = URI.create(cluster.client().getMasterUrl().toString());
        return SufferingOperator.start(new FaultyApi(target, Weather.fair()));
    }

    private static Set<String> expected(List<LifeStory> stories) {
        return stories.stream().flatMap(story -> story.objects().stream()).collect(Collectors.toSet());
    }

    /** Those of JOSDK; the clients' own end when they are collected. */
    private static List<String> operatorThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("Reconciler") || name.contains("josdk") || name.contains("pgherd-oper"))
                .sorted()
                .toList();
    }
}
