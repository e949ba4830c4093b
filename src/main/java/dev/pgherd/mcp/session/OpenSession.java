package dev.pgherd.mcp.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgherd.mcp.method.LogLevel;
import dev.pgherd.mcp.method.News;
import dev.pgherd.mcp.method.RpcException;
import dev.pgherd.mcp.method.Session;
import dev.pgherd.mcp.rpc.Credentials;
import dev.pgherd.mcp.rpc.HeldStream;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.rpc.RpcMessage;
import dev.pgherd.mcp.tool.Caller;
import dev.pgherd.mcp.tool.ClientCapabilities;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What is known of one client between its requests. */
final class OpenSession implements Session {

    /** More than a client shows at a time; each costs memory for as long as the session lasts. */
    private static final int MOST_FOLLOWED = 1_000;

    private final String id;
    private final Opener opener;
    private final OpenQuestions questions;
    private final Set<String> followed = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable HeldStream> listening = new AtomicReference<>();
    private volatile Optional<LogLevel> logLevel = Optional.empty();
    private volatile boolean closed;
    private volatile boolean ready;
    private int running;
    private boolean used;
    private long lastUsed;

    OpenSession(String id, Opener opener, OpenQuestions questions, long now) {
        this.id = id;
        this.opener = opener;
        this.questions = questions;
        this.lastUsed = now;
    }

    String id() {
        return id;
    }

    boolean belongsTo(Credentials credentials) {
        return opener.credentials().equals(credentials);
    }

    Caller caller() {
        return Caller.ofSession(id, opener.credentials().digest());
    }

    String address() {
        return opener.address();
    }

    ClientCapabilities client() {
        return opener.capabilities();
    }

    boolean takesBatches() {
        return opener.revision().equals(Batch.REVISION);
    }

    OpenQuestions questions() {
        return questions;
    }

    Optional<LogLevel> logLevel() {
        return logLevel;
    }

    synchronized void begin(long now) {
        running++;
        used = true;
        lastUsed = now;
    }

    synchronized void end(long now) {
        running--;
        lastUsed = now;
    }

    /** For how long nobody has used it or listened to it. */
    synchronized long idle(long now) {
        if (busy()) {
            lastUsed = now;
        }
        return now - lastUsed;
    }

    /** Whether a request of it runs, or somebody listens. */
    synchronized boolean busy() {
        var stream = listening.get();
        return running > 0 || (stream != null && stream.isOpen());
    }

    /** Whether there was ever a request in it. */
    synchronized boolean used() {
        return used;
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
        return ready && (!(news instanceof News.ResourceUpdated updated) || followed.contains(updated.uri()));
    }

    /** Nothing of its own accord reaches a client before it is ready: it says so, or asks for something as if it had. */
    void took(RpcMessage message) {
        var first = message.isRequest() ? !message.method().equals("ping") : message.saysInitialized();
        ready = ready || first;
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
        if (followed.size() >= MOST_FOLLOWED && !followed.contains(uri)) {
            throw new RpcException(
                    RpcError.INVALID_REQUEST,
                    "A session may follow %d resources; leave some with resources/unsubscribe."
                            .formatted(MOST_FOLLOWED));
        }
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
