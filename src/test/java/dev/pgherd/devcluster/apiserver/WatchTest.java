package dev.pgherd.devcluster.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {

    private static final int MORE_THAN_REMEMBERED = 2_100;

    @TempDir
    private Path directory;

    private RunningApi api;
    private KubernetesClient client;

    @BeforeEach
    void start() {
        api = RunningApi.on(directory);
        client = api.client();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private ConfigMap create(String name, String app) {
        return client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("default")
                        .addToLabels("app", app)
                        .endMetadata()
                        .build())
                .create();
    }

    private static final class Seen implements Watcher<ConfigMap> {

        private final List<String> events = new CopyOnWriteArrayList<>();
        private final List<String> notes = new CopyOnWriteArrayList<>();

        @Override
        public void eventReceived(Action action, ConfigMap map) {
            notes.add(map.getMetadata().getAnnotations().getOrDefault("note", ""));
            events.add(action + " " + map.getMetadata().getName());
        }

        @Override
        public void onClose(WatcherException cause) {
            events.add("closed " + cause.asClientException().getCode());
        }
    }

    @Test
    void watchesSeeWhatIsThereAndEveryChange() {
        // Given
        create("one", "x");
        var seen = new Seen();

        // When
        try (var watch = client.configMaps().inNamespace("default").watch(seen)) {
            create("two", "x");
            client.configMaps()
                    .inNamespace("default")
                    .withName("two")
                    .edit(map -> new ConfigMapBuilder(map).addToData("a", "1").build());
            client.configMaps().inNamespace("default").withName("one").delete();

            // Then
            await().untilAsserted(() ->
                    assertThat(seen.events).containsExactly("ADDED one", "ADDED two", "MODIFIED two", "DELETED one"));
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void objectsThatCeaseToMatchLookDeleted() {
        // Given
        var seen = new Seen();
        try (var watch =
                client.configMaps().inNamespace("default").withLabel("app", "x").watch(seen)) {
            create("one", "x");
            create("other", "y");

            // When
            client.configMaps()
                    .inNamespace("default")
                    .withName("one")
                    .edit(map -> new ConfigMapBuilder(map)
                            .editMetadata()
                            .addToLabels("app", "y")
                            .endMetadata()
                            .build());

            // Then
            await().untilAsserted(() -> assertThat(seen.events).containsExactly("ADDED one", "DELETED one"));
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void informersFollowAndSurviveAnExpiredVersion() {
        // Given
        create("one", "x");
        try (var informer = client.configMaps().inNamespace("default").inform()) {
            assertThat(informer.getStore().list()).hasSize(1);

            // When
            create("two", "x");

            // Then
            await().untilAsserted(() -> assertThat(informer.getStore().list()).hasSize(2));
        }
    }

    @Test
    void charactersBeyondAsciiDoNotEndAWatch() {
        // Given
        var seen = new Seen();
        try (var watch = client.configMaps().inNamespace("default").watch(seen)) {
            create("one", "x");

            // When
            annotate("one", "café");
            annotate("one", "\uD83D\uDC18 éé");

            // Then
            await().untilAsserted(
                            () -> assertThat(seen.events).containsExactly("ADDED one", "MODIFIED one", "MODIFIED one"));
            assertThat(seen.notes).containsExactly("", "café", "\uD83D\uDC18 éé");
            assertThat(watch).isNotNull();
        }
    }

    private void annotate(String name, String note) {
        client.configMaps()
                .inNamespace("default")
                .withName(name)
                .edit(map -> new ConfigMapBuilder(map)
                        .editMetadata()
                        .addToAnnotations("note", note)
                        .endMetadata()
                        .build());
    }

    @Test
    void aVersionThatIsForgottenIsGone() throws Exception {
        // Given
        var first = create("one", "x").getMetadata().getResourceVersion();
        for (var i = 0; i < MORE_THAN_REMEMBERED; i++) {
            api.send(
                    "PATCH",
                    "/api/v1/namespaces/default/configmaps/one",
                    "application/merge-patch+json",
                    "{\"data\":{\"i\":\"" + i + "\"}}");
        }

        // When
        var answer = api.get("/api/v1/configmaps?watch=true&resourceVersion=" + first);

        // Then
        assertThat(answer.body())
                .contains("\"type\":\"ERROR\"")
                .contains("\"code\":410")
                .contains("Expired");
    }

    @Test
    void bookmarksEndTheInitialStateAndTheWatch() throws Exception {
        // Given
        create("one", "x");

        // When
        var answer = api.get("/api/v1/configmaps?watch=true&sendInitialEvents=true"
                + "&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=1");

        // Then
        var lines = answer.body().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).contains("ADDED");
        assertThat(lines.get(1)).contains("BOOKMARK").contains("k8s.io/initial-events-end");
        assertThat(lines.get(2)).contains("BOOKMARK");
    }

    @Test
    void closingTheServerEndsStreamsPromptly() {
        // Given
        var seen = new Seen();
        client.configMaps().inNamespace("default").watch(seen);
        create("one", "x");
        await().untilAsserted(() -> assertThat(seen.events).isNotEmpty());

        // When
        var start = System.nanoTime();
        api.server().close();

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("apiserver-"));
    }
}
