package dev.pgherd.http;

import dev.pgherd.config.HttpConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server with limits of its own, one servlet that counts what it is sent and one that fails. */
abstract class HttpServerFixture {

    static final int LIMIT = 2048;

    final HttpClient client = HttpClient.newHttpClient();
    final AtomicReference<Health> database = new AtomicReference<>(new Health.Healthy());
    final HttpConfig config = HttpConfig.from(Map.of(
            HttpConfig.PORT, "0",
            HttpConfig.MAX_REQUEST_BYTES, Integer.toString(LIMIT),
            HttpConfig.ALLOWED_HOSTS, "herd.example.com",
            HttpConfig.ALLOWED_ORIGINS, "https://agents.example.com"));
    HttpServer server;

    HttpServer server(HttpConfig listenOn) {
        return new HttpServer(
                listenOn,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                List.of(new HealthCheck("database", database::get)),
                Map.of("/echo", new Echo(), "/failing", new Failing()));
    }

    @BeforeEach
    void start() {
        server = server(config).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static final class Echo extends HttpServlet {

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("read " + request.getInputStream().readAllBytes().length);
        }
    }

    static final class Failing extends HttpServlet {

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            throw new IllegalStateException("a detail that is nobody's business");
        }
    }
}
