package dev.pgherd.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgherd.config.HttpConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {

    private static final int LIMIT = 2048;

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicReference<Health> database = new AtomicReference<>(new Health.Healthy());
    private final HttpConfig config = HttpConfig.from(Map.of(
            HttpConfig.PORT, "0",
            HttpConfig.MAX_REQUEST_BYTES, Integer.toString(LIMIT),
            HttpConfig.ALLOWED_HOSTS, "herd.example.com",
            HttpConfig.ALLOWED_ORIGINS, "https://agents.example.com"));
    private HttpServer server;

    @BeforeEach
    void start() {
        server = server(config).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void healthNamesEveryPart() throws Exception {
        // When
        var answer = get("/health");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"status\":\"healthy\"", "\"parts\":{\"database\":{\"status\":\"healthy\"}}");
    }

    @Test
    void healthIs503WithTheReasonWhenAPartIsNot() throws Exception {
        // Given
        database.set(new Health.Unhealthy("connection refused"));

        // When
        var answer = get("/health");

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("unhealthy", "connection refused");
    }

    @Test
    void metricsCountRequestsByMethodPathPatternAndStatus() throws Exception {
        // Given
        get("/echo");
        get("/nothing/4711");

        // When
        var answer = get("/metrics");

        // Then
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(answer.body())
                .contains("jvm_memory_used_bytes", "http_server_requests_seconds_count")
                .contains("method=\"GET\",status=\"200\",uri=\"/echo\"")
                .contains("method=\"GET\",status=\"404\",uri=\"unknown\"")
                .doesNotContain("4711");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nothing", "/x/echo", "/echo/x", "/echo/"})
    void anUnknownPathIs404AsAProblem(String path) throws Exception {
        // When
        var answer = get(path);

        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).isEqualTo("{\"title\":\"Not Found\",\"status\":404}");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void aWrongMethodIs405() throws Exception {
        // When
        var answer = send(request("/health").POST(BodyPublishers.noBody()));

        // Then
        assertThat(answer.statusCode()).isEqualTo(405);
    }

    @Test
    void aPluggedServletThatFailsShowsNeitherClassNorStackTrace() throws Exception {
        // When
        var answer = get("/failing");

        // Then
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("{\"title\":\"Server Error\",\"status\":500}");
    }

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

    @Test
    void aPortInUseIsNamedWithWhatToDo() {
        // Given
        var second = server(config.withPort(server.port()));

        // Then
        assertThatThrownBy(second::start)
                .isInstanceOf(HttpStartException.class)
                .hasMessageContainingAll("127.0.0.1:" + server.port(), "in use", HttpConfig.PORT);
    }

    @Test
    void anAddressOfAnotherMachineIsNamed() {
        // Given
        var elsewhere = server(HttpConfig.from(Map.of(HttpConfig.HOST, "192.0.2.1")));

        // Then
        assertThatThrownBy(elsewhere::start)
                .isInstanceOf(HttpStartException.class)
                .hasMessageContainingAll("192.0.2.1", HttpConfig.HOST);
    }

    @Test
    void thePortIsFreeAfterClose() throws Exception {
        // Given
        var port = server.port();

        // When
        server.close();

        // Then
        try (var again = server(config.withPort(port)).start()) {
            assertThat(again.port()).isEqualTo(port);
        }
    }

    private void assertTooLarge(BodyPublisher body) throws Exception {
        var answer = send(request("/echo").POST(body));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("larger than " + LIMIT + " bytes");
    }

    private HttpServer server(HttpConfig listenOn) {
        return new HttpServer(
                listenOn,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                List.of(new HealthCheck("database", database::get)),
                Map.of("/echo", new Echo(), "/failing", new Failing()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static final class Echo extends HttpServlet {

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("read " + request.getInputStream().readAllBytes().length);
        }
    }

    private static final class Failing extends HttpServlet {

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            throw new IllegalStateException("a detail that is nobody's business");
        }
    }
}
