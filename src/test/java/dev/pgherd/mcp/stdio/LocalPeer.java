package dev.pgherd.mcp.stdio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.config.McpConfig;
import dev.pgherd.mcp.McpStdio;
import dev.pgherd.mcp.method.Announcer;
import dev.pgherd.mcp.method.Feature;
import dev.pgherd.mcp.method.Request;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The program that started the server, at the other end of its two pipes. */
public final class LocalPeer implements AutoCloseable {

    public static final String INITIALIZE =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\","
                    + "\"capabilities\":{\"elicitation\":{}},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}";

    public static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    public static final int PING_ID = 3;
    public static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"ping\"}".formatted(PING_ID);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PipedOutputStream toServer = new PipedOutputStream();
    private final Announcer announcer = new Announcer();
    private final BufferedReader fromServer;
    private final McpStdio server;
    private final CompletableFuture<Void> served;

    public LocalPeer(List<Feature> features) {
        try {
            var written = new PipedOutputStream();
            fromServer =
                    new BufferedReader(new InputStreamReader(new PipedInputStream(written), StandardCharsets.UTF_8));
            server = McpStdio.open(
                    "1.2.3", McpConfig.defaults(), features, announcer, new PipedInputStream(toServer), written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        served = CompletableFuture.runAsync(this::serve);
    }

    /** A method that ends when its client has taken it back, and tells so. */
    public static ObjectNode waitForCancellation(Request request, CountDownLatch cancelled) {
        var asked = new CountDownLatch(1);
        request.cancellation().onRequest(asked::countDown);
        try {
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cancelled.countDown();
        return JsonNodeFactory.instance.objectNode();
    }

    public Announcer announcer() {
        return announcer;
    }

    public void send(String line) throws IOException {
        toServer.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        toServer.flush();
    }

    public JsonNode hear() throws IOException {
        return JSON.readTree(fromServer.readLine());
    }

    public void initialize() throws IOException {
        send(INITIALIZE);
        hear();
        send(INITIALIZED);
    }

    public void end() throws IOException {
        toServer.close();
    }

    public void awaitEnd() {
        served.orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() throws IOException {
        end();
        awaitEnd();
        announcer.close();
    }

    private void serve() {
        try {
            server.serve();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
