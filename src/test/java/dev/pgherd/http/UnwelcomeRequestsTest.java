package dev.pgherd.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.config.HttpConfig;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests from elsewhere, too large, too slow or no HTTP at all, beside those that are welcome. */
class UnwelcomeRequestsTest extends HttpServerFixture {

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/metrics", "/echo", "/nothing"})
    void aForeignOriginIsRefusedOnEveryPath(String path) throws Exception {
        // When
        var answer = send(request(path).header("Origin", "https://evil.example.com"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains(HttpConfig.ALLOWED_ORIGINS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "https://localhost.evil.example.com", "https://agents.example.com.evil", "%%"})
    void anOriginThatOnlyLooksAllowedIsRefused(String origin) throws Exception {
        assertThat(send(request("/health").header("Origin", origin)).statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://agents.example.com", "http://localhost:6274", "http://127.0.0.1", "http://[::1]:9"})
    void allowedAndLoopbackOriginsAreAnswered(String origin) throws Exception {
        assertThat(send(request("/health").header("Origin", origin)).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example.com", "evil.example.com:80", "localhost.evil.example.com", "10.1.2.3"})
    void aForeignHostIsRefused(String host) throws Exception {
        assertThat(raw("GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "localhost:1", "127.0.0.1", "[::1]:80", "herd.example.com", "HERD.example.com:7432"
            })
    void allowedAndLoopbackHostsAreAnswered(String host) throws Exception {
        assertThat(raw("GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void whatIsNotHttpGetsAProblemWithoutNames() throws Exception {
        // When
        var answer = raw("GET /a b c HTTP/1.1\r\nHost: localhost\r\n\r\n");

        // Then
        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .doesNotContainIgnoringCase("jetty")
                .doesNotContain("Exception");
    }

    @Test
    void whoeverIsStillSendingKeepsNothingFromOthers() throws Exception {
        // Given
        var half = "POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 999\r\n\r\nx"
                .getBytes(StandardCharsets.US_ASCII);
        var senders = new ArrayList<Socket>();
        try {
            for (var sender = 0; sender < 300; sender++) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                socket.getOutputStream().write(half);
                senders.add(socket);
            }

            // When, Then
            assertThat(get("/health").statusCode()).isEqualTo(200);
        } finally {
            for (var socket : senders) {
                socket.close();
            }
        }
    }

    @Test
    void aBodyThatComesByAndByIsReadToItsEnd() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(30_000);
            var output = socket.getOutputStream();
            output.write(
                    "POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            for (var part : List.of("one", " and", " two")) {
                output.write("%x\r\n%s\r\n".formatted(part.length(), part).getBytes(StandardCharsets.US_ASCII));
                output.flush();
                Thread.sleep(50);
            }
            output.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .contains("read 11");
        }
    }

    @Test
    void aBodyUpToTheLimitIsRead() throws Exception {
        // When
        var answer = send(request("/echo").POST(BodyPublishers.ofByteArray(new byte[LIMIT])));

        // Then
        assertThat(answer.body()).isEqualTo("read " + LIMIT);
    }

    @Test
    void aBodyOverTheLimitIs413() throws Exception {
        assertTooLarge(BodyPublishers.ofByteArray(new byte[LIMIT + 1]));
    }

    @Test
    void aChunkedBodyOverTheLimitIs413() throws Exception {
        assertTooLarge(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[LIMIT + 1])));
    }

    private void assertTooLarge(BodyPublisher body) throws Exception {
        var answer = send(request("/echo").POST(body));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("larger than " + LIMIT + " bytes");
    }
}
