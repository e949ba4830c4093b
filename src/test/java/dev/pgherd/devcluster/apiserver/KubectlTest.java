package dev.pgherd.devcluster.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgherd.api.CustomResourceDefinitions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kubectl of this machine on the embedded server and, where one is named, on a real one. */
class KubectlTest {

    private static final String TWIN = "PGHERD_TWIN_KUBECONFIG";

    @TempDir
    private Path directory;

    private Path program;

    @BeforeEach
    void findKubectl() throws Exception {
        var found = Kubectl.find();
        assumeTrue(found.isPresent(), "no kubectl on the PATH: these tests are skipped");
        program = found.orElseThrow();
        Files.createDirectory(directory.resolve("work"));
        Kubectl.copyDocuments(directory.resolve("work"));
    }

    private Kubectl embedded(RunningApi api) throws Exception {
        var kubeconfig = directory.resolve("kubeconfig");
        Files.writeString(kubeconfig, api.server().kubeconfig());
        var kubectl = new Kubectl(program, kubeconfig, directory.resolve("work"));
        prepare(kubectl);
        return kubectl;
    }

    private void prepare(Kubectl kubectl) throws Exception {
        var definition = directory.resolve("work/definition.yaml");
        Files.writeString(definition, CustomResourceDefinitions.postgresInstanceYaml());
        assertThat(kubectl.run("apply -f definition.yaml")).satisfies(KubectlTest::succeeded);
        assertThat(kubectl.run("wait crd/postgresinstances.pgherd.dev --for=condition=Established"))
                .satisfies(KubectlTest::succeeded);
        assertThat(kubectl.run("apply -f namespace.yaml")).satisfies(KubectlTest::succeeded);
    }

    private static void succeeded(Kubectl.Answer answer) {
        assertThat(answer.exitCode()).as(answer.output()).isZero();
    }

    @Test
    void everyCommandOfTheScriptWorks() throws Exception {
        try (var api = RunningApi.on(directory.resolve("state"))) {
            var kubectl = embedded(api);
            var softly = new SoftAssertions();
            for (var step : Kubectl.script()) {
                // When
                var answer = kubectl.run(step[1]);

                // Then
                softly.assertThat(answer.exitCode())
                        .as(step[1] + ": " + answer.output())
                        .isEqualTo(Integer.parseInt(step[0]));
                softly.assertThat(answer.output()).as(step[1]).contains(step[2].strip());
            }
            softly.assertAll();
        }
    }

    @Test
    void watchingShowsChangesAsTheyHappen() throws Exception {
        try (var api = RunningApi.on(directory.resolve("state"))) {
            // Given
            var kubectl = embedded(api);
            succeeded(kubectl.run("apply -f instance.yaml"));
            var watch = kubectl.start("get pgi -w -L tier --output-watch-events");
            try (var lines =
                    new BufferedReader(new InputStreamReader(watch.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(lines.readLine()).startsWith("EVENT");
                assertThat(lines.readLine()).startsWith("ADDED").contains("shop");

                // When
                succeeded(kubectl.run("label pgi shop tier=gold"));
                succeeded(kubectl.run("delete pgi shop"));

                // Then
                assertThat(lines.readLine()).startsWith("MODIFIED").endsWith("gold");
                assertThat(lines.readLine()).startsWith("DELETED");
            } finally {
                watch.destroy();
                watch.waitFor();
            }
        }
    }

    @Test
    void logsComeFromTheFileOfTheContainer() throws Exception {
        try (var api = RunningApi.on(directory.resolve("state"))) {
            // Given
            var kubectl = embedded(api);
            var log = directory.resolve("log");
            Files.writeString(log, "one\ntwo\nthree\n");
            api.server().onPodLogs((namespace, pod, container) -> Optional.of(log));
            succeeded(kubectl.run("apply -f objects.yaml"));

            // When // Then
            assertThat(kubectl.run("logs shop-0").output()).isEqualTo("one\ntwo\nthree\n");
            assertThat(kubectl.run("logs shop-0 --tail=1 -c postgres").output()).isEqualTo("three\n");
            assertThat(kubectl.run("logs shop-0 -c other").output()).contains("other");
            var follow = kubectl.start("logs -f shop-0");
            try (var lines =
                    new BufferedReader(new InputStreamReader(follow.getInputStream(), StandardCharsets.UTF_8))) {
                Files.writeString(log, "one\ntwo\nthree\nfour\n");
                assertThat(lines.lines().limit(4).toList()).endsWith("four");
                succeeded(kubectl.run("delete pod shop-0 --grace-period=0 --force"));
                assertThat(follow.waitFor()).isZero();
            } finally {
                follow.destroy();
            }
        }
    }

    @Test
    void aRealServerGivesTheSameAnswers() throws Exception {
        var twin = Optional.ofNullable(System.getenv(TWIN));
        assumeTrue(twin.isPresent(), TWIN + " names no kubeconfig: the comparison with a real server is skipped");
        var real = new Kubectl(program, Path.of(twin.orElseThrow()), directory.resolve("work"));
        prepare(real);
        try (var api = RunningApi.on(directory.resolve("state"))) {
            var kubectl = embedded(api);
            var softly = new SoftAssertions();
            for (var step : Kubectl.script()) {
                // When
                var expected = real.run(step[1]).normalised();
                var actual = kubectl.run(step[1]).normalised();

                // Then
                softly.assertThat(actual).as("kubectl " + step[1]).isEqualTo(expected);
            }
            softly.assertAll();
        } finally {
            real.run("delete namespace " + Kubectl.NAMESPACE + " --timeout="
                    + Duration.ofSeconds(50).toSeconds() + "s");
        }
    }
}
