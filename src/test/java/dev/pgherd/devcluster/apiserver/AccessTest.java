package dev.pgherd.devcluster.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {

    @TempDir
    private Path directory;

    private RunningApi api;

    @BeforeEach
    void start() {
        api = RunningApi.on(directory);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private String request(String path, String host) throws IOException {
        var url = api.server().url();
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            send(socket, path, host);
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            return answer.readLine();
        }
    }

    private static void send(Socket socket, String path, String host) throws IOException {
        var request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void onlyRequestsWithTheTokenAndALoopbackHostAreAnswered() throws IOException {
        // Given
        var prefix = api.server().url().getPath();

        // When // Then
        assertThat(request(prefix + "/version", "127.0.0.1:1")).contains("200");
        assertThat(request(prefix + "/version", "localhost")).contains("200");
        assertThat(request(prefix + "/version", "evil.example")).contains("403");
        assertThat(request(prefix + "/version", "127.0.0.1.evil.example")).contains("403");
        assertThat(request("/version", "127.0.0.1")).contains("404");
        assertThat(request("/" + "0".repeat(32) + "/version", "127.0.0.1")).contains("404");
        assertThat(request("/", "127.0.0.1")).contains("404");
    }

    @Test
    void theAddressIsLoopbackAndTheTokenKept() {
        // Given
        var url = api.server().url();

        // When
        stop();
        start();

        // Then
        assertThat(url.getHost()).isEqualTo("127.0.0.1");
        assertThat(url.getPath())
                .matches("/[0-9a-f]{32}")
                .isEqualTo(api.server().url().getPath());
        assertThat(api.server().kubeconfig())
                .contains("current-context: pgherd-dev")
                .contains("namespace: default");
    }

    @Test
    void aWatchEndsWhenItsClientLeaves() throws IOException {
        // Given
        URI url = api.server().url();
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            send(socket, url.getPath() + "/api/v1/namespaces?watch=true", "127.0.0.1");
            await().until(AccessTest::isWatching);
        }

        // Then
        await().until(() -> !isWatching());
    }

    private static boolean isWatching() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().equals(Watch.class.getName()));
    }

    @Test
    void aDirectoryInUseOrUnreadableIsNamedInTheError() throws IOException {
        // Given
        var inUse = new ApiServer(new ApiServerOptions(directory, 0, Clock.systemUTC()));
        var file = Files.createFile(directory.resolve("file"));
        var noDirectory = new ApiServer(new ApiServerOptions(file, 0, Clock.systemUTC()));

        // When // Then
        assertThatThrownBy(inUse::start)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("in use");
        assertThatThrownBy(noDirectory::start).hasMessageContaining(file.toString());
    }

    @Test
    void aDamagedObjectIsNamedInTheError() throws IOException {
        // Given
        stop();
        var damaged = directory.resolve("objects/namespaces/_/default.json");
        Files.writeString(damaged, "{\"kind\":");

        // When // Then
        var server = new ApiServer(new ApiServerOptions(directory, 0, Clock.systemUTC()));
        assertThatThrownBy(server::start)
                .hasMessageContaining(damaged.toString())
                .hasMessageContaining("remove it")
                .hasMessageContaining("--fresh");
        Files.delete(damaged);
        start();
    }
}
