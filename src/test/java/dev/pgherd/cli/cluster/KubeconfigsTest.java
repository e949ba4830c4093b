package dev.pgherd.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigsTest {

    @TempDir
    private Path here;

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stopListening() throws IOException {
        server.close();
    }

    @Test
    void theOneThatIsNamedIsTakenWhateverRunsHere() throws IOException {
        write(here.resolve(".pgherd"), server.getLocalPort());
        var named = write(here.resolve("other"), 7);

        assertThat(find(named, null, null).getMasterUrl()).startsWith("http://127.0.0.1:7/");
    }

    @Test
    void aDevThatRunsHereIsFoundByItself() throws IOException {
        write(here.resolve(".pgherd"), server.getLocalPort());

        assertThat(find(null, null, null).getMasterUrl()).contains(":" + server.getLocalPort());
    }

    @Test
    void theEnvironmentGoesBeforeADevThatRunsHere() throws IOException {
        write(here.resolve(".pgherd"), server.getLocalPort());

        var kubeconfigs = new Kubeconfigs(Map.of("KUBECONFIG", "/nowhere"), here);

        assertThatThrownBy(() -> kubeconfigs.find(null, null, null))
                .isInstanceOf(NoClusterException.class)
                .hasMessageContaining("KUBECONFIG names /nowhere");
    }

    @Test
    void aDevThatHasEndedIsNamedWhereItWasAskedFor() throws IOException {
        var directory = here.resolve("data");
        write(directory, server.getLocalPort());
        server.close();

        assertThatThrownBy(() -> find(null, directory, null))
                .isInstanceOf(NoClusterException.class)
                .hasMessageContaining("no pgherd dev runs on the directory " + directory);
        assertThatThrownBy(() -> find(null, here.resolve("none"), null)).hasMessageContaining("no pgherd dev runs");
    }

    @Test
    void whereThereIsNoneAtAllItSaysWhatToDo() {
        var kubeconfigs = new Kubeconfigs(Map.of("HOME", here.toString()), here);

        assertThatThrownBy(() -> kubeconfigs.find(null, null, null))
                .isInstanceOf(NoClusterException.class)
                .hasMessageContainingAll("there is no " + here.resolve(".kube/config"), "pgherd dev", "--data-dir");
    }

    @Test
    void aContextThatIsNotThereIsNamed() throws IOException {
        var file = write(here, 7);

        assertThat(find(file, null, "pgherd-dev").getCurrentContext().getName()).isEqualTo("pgherd-dev");
        assertThatThrownBy(() -> find(file, null, "prod"))
                .isInstanceOf(NoClusterException.class)
                .hasMessageContaining("'prod'");
    }

    @Test
    void aFileThatIsNoKubeconfigIsNamed() throws IOException {
        var text = Files.writeString(here.resolve("text"), "{nothing: [");

        assertThatThrownBy(() -> find(text, null, null))
                .isInstanceOf(NoClusterException.class)
                .hasMessageContaining(text.toString());
        assertThatThrownBy(() -> find(here.resolve("missing"), null, null)).hasMessageContaining("--kubeconfig");
    }

    private Config find(@Nullable Path named, @Nullable Path directory, @Nullable String context) {
        return new Kubeconfigs(Map.of(), here).find(named, directory, context);
    }

    private static Path write(Path directory, int port) throws IOException {
        return Files.writeString(Files.createDirectories(directory).resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: u, user: {}}]
                contexts: [{name: pgherd-dev, context: {cluster: c, user: u, namespace: default}}]
                current-context: pgherd-dev
                """.formatted(port));
    }
}
