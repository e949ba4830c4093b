package dev.pgherd.mcp.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pgherd.mcp.method.Announcer;
import dev.pgherd.mcp.method.Feature;
import dev.pgherd.mcp.method.Methods;
import dev.pgherd.mcp.method.ServerCard;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The program at the other end of a local session. */
final class LocalPeer implements AutoCloseable {

    static final String INITIALIZE =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\","
                    + "\"capabilities\":{\"elicitation\":{}},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}";

    static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    static final int PING_ID = 3;
    static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"ping\"}".formatted(PING_ID);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PipedOutputStream toServer = new PipedOutputStream();
    private final Announcer announcer = new Announcer();
    private final BufferedReader fromServer;
    private final LocalSession session;
    private final CompletableFuture<Void> served;

    LocalPeer(Feature feature) {
        try {
            var written = new PipedOutputStream();
            fromServer =
                    new BufferedReader(new InputStreamReader(new PipedInputStream(written), StandardCharsets.UTF_8));
            session = new LocalSession(
                    new ServerCard("server", "1", ""),
                    List.of("2025-11-25", "2025-06-18"),
                    new Methods(List.of(feature)),
                    announcer,
                    new PipedInputStream(toServer),
                    written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        served = CompletableFuture.runAsync(this::serve);
    }

    Announcer announcer() {
        return announcer;
    }

    void send(String line) throws IOException {
        toServer.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        toServer.flush();
    }

    JsonNode hear() throws IOException {
        return JSON.readTree(fromServer.readLine());
    }

    void initialize() throws IOException {
        send(INITIALIZE);
        hear();
        send(INITIALIZED);
    }

    void end() throws IOException {
        toServer.close();
    }

    void awaitEnd() {
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
            session.serve();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
