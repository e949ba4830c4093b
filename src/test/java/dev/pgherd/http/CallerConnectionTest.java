package dev.pgherd.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.config.HttpConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CallerConnectionTest {

    private static final String REQUEST = "POST /slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n%s";

    private final BlockingQueue<CallerConnection> callers = new LinkedBlockingQueue<>();
    private final CountDownLatch answer = new CountDownLatch(1);
    private HttpServer server;
    private Socket socket;

    @BeforeEach
    void connect() throws IOException {
        server = new HttpServer(
                        HttpConfig.from(Map.of(HttpConfig.PORT, "0")),
                        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                        List.of(),
                        Map.of("/slow", new Slow()))
                .start();
        socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(60_000);
    }

    @AfterEach
    void close() throws IOException {
        answer.countDown();
        socket.close();
        server.close();
    }

    @Test
    void whoWaitsIsThereAndIsAnswered() throws Exception {
        var caller = send("ab");

        assertThat(caller.hungUp()).isFalse();
        assertThat(caller.hungUp()).isFalse();
        answer.countDown();
        assertThat(read("ab")).startsWith("HTTP/1.1 200");
    }

    @Test
    void whoClosesHasHungUp() throws Exception {
        var caller = send("ab");

        socket.close();

        await().until(caller::hungUp);
        assertThat(caller.hungUp()).isTrue();
    }

    @Test
    void whoIsCutOffHasHungUp() throws Exception {
        var caller = send("ab");

        socket.setSoLinger(true, 0); // a reset, not an end
        socket.close();

        await().until(caller::hungUp);
    }

    @Test
    void whoClosesAfterABitOfTheNextRequestHasHungUp() throws Exception {
        var caller = send("ab");

        socket.getOutputStream().write("PO".getBytes(StandardCharsets.US_ASCII));
        assertThat(caller.hungUp()).isFalse();
        socket.close();

        await().until(caller::hungUp);
    }

    @Test
    void whoEndsWhatTheySendHasHungUp() throws Exception {
        var caller = send("ab");

        socket.shutdownOutput();

        await().until(caller::hungUp);
    }

    @Test
    void moreThanIsKeptIsReadWhenItsTurnComes() throws Exception {
        // Given
        var caller = send("ab");
        for (var i = 0; i < 40; i++) {
            write("cd");
            assertThat(caller.hungUp()).isFalse();
        }
        write("gh");

        // When
        answer.countDown();

        // Then
        assertThat(read("gh")).containsSubsequence("ab", "cd", "cd", "gh");
    }

    @Test
    void requestsThatComeEarlyAreAnsweredInTheirOrder() throws Exception {
        // Given
        var caller = send("ab");
        for (var body : new String[] {"cd", "ef", "gh"}) {
            write(body);
            assertThat(caller.hungUp()).isFalse();
        }

        // When
        answer.countDown();

        // Then
        assertThat(read("gh")).containsSubsequence("ab", "cd", "ef", "gh");
    }

    private CallerConnection send(String body) throws Exception {
        write(body);
        var caller = callers.poll(60, TimeUnit.SECONDS);
        assertThat(caller).isNotNull();
        return caller;
    }

    private void write(String body) throws IOException {
        socket.getOutputStream().write(REQUEST.formatted(body).getBytes(StandardCharsets.US_ASCII));
    }

    private String read(String end) throws IOException {
        var read = new StringBuilder();
        while (!read.toString().endsWith(end)) {
            read.append((char) socket.getInputStream().read());
        }
        return read.toString();
    }

    /** Answers with the body when it may. */
    private final class Slow extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            var body = request.getInputStream().readAllBytes();
            callers.add(CallerConnection.of(request));
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
