package dev.pgherd.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxy before the embedded Kubernetes API that spoils requests as the weather has it, and counts them. */
final class FaultyApi implements AutoCloseable {

    /** Longer than an impatient client waits. */
    static final Duration HOLD = Duration.ofSeconds(3);

    private static final Duration LIFE_OF_A_WATCH = Duration.ofMillis(800);
    private static final Duration DELAY_OF_AN_EVENT = Duration.ofMillis(400);
    private static final Set<String> PASSED_ON = Set.of("accept", "content-type");

    private final HttpClient upstream =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService executor = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "faulty-api");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final Queue<ApiCall> calls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger spoilt = new AtomicInteger();
    private final URI target;
    private final Weather weather;
    private final HttpServer server;

    private volatile boolean cut;

    FaultyApi(URI target, Weather weather) {
        this.target = target;
        this.weather = weather;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    Config config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort() + target.getPath())
                .build();
    }

    /** From now on nothing gets through, as if the client's machine had lost its power. */
    void cut() {
        cut = true;
        open.forEach(FaultyApi::closeQuietly);
    }

    /** The requests that were let through. */
    List<ApiCall> calls() {
        return List.copyOf(calls);
    }

    int spoilt() {
        return spoilt.get();
    }

    @Override
    public void close() {
        cut();
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) {
        Closeable client = exchange::close;
        open.add(client);
        try (client) {
            if (!cut) {
                answer(exchange, ApiCall.of(exchange.getRequestMethod(), exchange.getRequestURI()));
            }
        } catch (IOException e) {
            // one side has gone: so does the other
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void answer(HttpExchange exchange, ApiCall call) throws IOException, InterruptedException {
        if (exchange.getRequestHeaders().containsKey("Sec-WebSocket-Key")) {
            // As the embedded API does, which makes clients watch over HTTP.
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        var fault = weather.over(call);
        if (fault.isEmpty()) {
            pass(exchange, call);
            return;
        }
        spoilt.incrementAndGet();
        switch (fault.get()) {
            case CONFLICT -> refuse(exchange, 409, "Conflict");
            case THROTTLED -> {
                exchange.getResponseHeaders().set("Retry-After", "1");
                refuse(exchange, 429, "TooManyRequests");
            }
            case BROKEN -> refuse(exchange, 500, "InternalError");
            case UNAVAILABLE -> refuse(exchange, 503, "ServiceUnavailable");
            case RESET -> exchange.close();
            case LOST_ANSWER -> forward(exchange, call).body().readAllBytes();
            case HELD_ANSWER -> {
                forward(exchange, call).body().readAllBytes();
                Thread.sleep(HOLD.toMillis());
            }
            case DROPPED_WATCH -> dropped(exchange, call);
            case LATE_EVENTS -> stream(exchange, forward(exchange, call), DELAY_OF_AN_EVENT);
        }
    }

    private void pass(HttpExchange exchange, ApiCall call) throws IOException, InterruptedException {
        var response = forward(exchange, call);
        if (call.watch()) {
            stream(exchange, response, Duration.ZERO);
            return;
        }
        respond(exchange, response.statusCode(), response.body().readAllBytes());
    }

    private HttpResponse<InputStream> forward(HttpExchange exchange, ApiCall call)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        target.resolve(exchange.getRequestURI().toString()))
                .method(
                        call.method(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        calls.add(call);
        return upstream.send(request.build(), BodyHandlers.ofInputStream());
    }

    private void dropped(HttpExchange exchange, ApiCall call) throws IOException, InterruptedException {
        var response = forward(exchange, call);
        var life = weather.upTo(LIFE_OF_A_WATCH);
        executor.execute(() -> {
            try {
                Thread.sleep(life.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            closeQuietly(response.body());
        });
        stream(exchange, response, Duration.ZERO);
    }

    /** Line by line: a line is an event. */
    private void stream(HttpExchange exchange, HttpResponse<InputStream> response, Duration delay)
            throws IOException, InterruptedException {
        Closeable body = response.body();
        open.add(body);
        try (body) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(response.statusCode(), 0);
            var out = exchange.getResponseBody();
            var in = new BufferedInputStream(response.body());
            for (var next = in.read(); next >= 0; next = in.read()) {
                out.write(next);
                if (next == '\n') {
                    if (!delay.isZero()) {
                        Thread.sleep(weather.upTo(delay).toMillis());
                    }
                    out.flush();
                }
            }
        } finally {
            open.remove(body);
        }
    }

    private static void refuse(HttpExchange exchange, int code, String reason) throws IOException {
        var status = """
                {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"%s","code":%d,"message":"bad weather"}""".formatted(reason, code);
        exchange.getRequestBody().readAllBytes();
        respond(exchange, code, status.getBytes(StandardCharsets.UTF_8));
    }

    private static void respond(HttpExchange exchange, int code, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static void closeQuietly(Closeable part) {
        try {
            part.close();
        } catch (IOException e) {
            // it has gone by itself
        }
    }
}
