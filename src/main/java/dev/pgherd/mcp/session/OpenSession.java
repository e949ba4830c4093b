package dev.pgherd.mcp.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgherd.mcp.method.ClientCapabilities;
import dev.pgherd.mcp.method.LogLevel;
import dev.pgherd.mcp.method.News;
import dev.pgherd.mcp.method.Session;
import dev.pgherd.mcp.rpc.Credentials;
import dev.pgherd.mcp.rpc.HeldStream;
import dev.pgherd.mcp.tool.Caller;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What is known of one client between its requests. */
final class OpenSession implements Session {

    private final String id;
    private final Credentials owner;
    private final ClientCapabilities client;
    private final OpenQuestions questions = new OpenQuestions();
    private final Set<String> followed = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable HeldStream> listening = new AtomicReference<>();
    private volatile Optional<LogLevel> logLevel = Optional.empty();
    private volatile boolean closed;
    private int running;
    private long lastUsed;

    OpenSession(String id, Credentials owner, ClientCapabilities client, long now) {
        this.id = id;
        this.owner = owner;
        this.client = client;
        this.lastUsed = now;
    }

    String id() {
        return id;
    }

    boolean belongsTo(Credentials credentials) {
        return owner.equals(credentials);
    }

    Caller caller() {
        return Caller.ofSession(id, owner.digest());
    }

    ClientCapabilities client() {
        return client;
    }

    OpenQuestions questions() {
        return questions;
    }

    Optional<LogLevel> logLevel() {
        return logLevel;
    }

    synchronized void begin(long now) {
        running++;
        lastUsed = now;
    }

    synchronized void end(long now) {
        running--;
        lastUsed = now;
    }

    /** For how long nobody has used it or listened to it. */
    synchronized long idle(long now) {
        var stream = listening.get();
        if (running > 0 || (stream != null && stream.isOpen())) {
            lastUsed = now;
        }
        return now - lastUsed;
    }

    /** The newest stream is the one that is used; a session that has just ended needs none. */
    void listen(HeldStream stream) {
        endStream(listening.getAndSet(stream));
        if (closed) {
            endStream(stream);
        }
    }

    void hear(News news, JsonNode message) {
        var stream = listening.get();
        if (wants(news) && stream != null) {
            stream.send(message);
        }
    }

    boolean wants(News news) {
        return !(news instanceof News.ResourceUpdated updated) || followed.contains(updated.uri());
    }

    void close() {
        closed = true;
        questions.giveUp();
        endStream(listening.getAndSet(null));
    }

    @Override
    public void logFrom(LogLevel level) {
        logLevel = Optional.of(level);
    }

    @Override
    public void follow(String uri) {
        followed.add(uri);
    }

    @Override
    public void leave(String uri) {
        followed.remove(uri);
    }

    private static void endStream(@Nullable HeldStream stream) {
        if (stream != null) {
            stream.end();
        }
    }
}
