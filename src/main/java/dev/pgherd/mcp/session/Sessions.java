package dev.pgherd.mcp.session;

import dev.pgherd.mcp.method.ClientCapabilities;
import dev.pgherd.mcp.method.News;
import dev.pgherd.mcp.rpc.Credentials;
import dev.pgherd.mcp.rpc.Messages;
import dev.pgherd.mcp.rpc.Pulse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The sessions that there are. One that nobody uses or listens to for a while is forgotten. */
final class Sessions implements AutoCloseable {

    private static final int MOST = 10_000;
    private static final Duration LOOK_AT_LEAST = Duration.ofMinutes(1);

    private final Map<String, OpenSession> sessions = new ConcurrentHashMap<>();
    private final Duration idle;
    private final LongSupplier nanoTime;
    private final Pulse pulse;

    Sessions(Duration idle, LongSupplier nanoTime) {
        this.idle = idle;
        this.nanoTime = nanoTime;
        var between = idle.compareTo(LOOK_AT_LEAST) < 0 ? idle : LOOK_AT_LEAST;
        this.pulse = new Pulse("pgherd-mcp-sessions", between, this::forgetIdle);
    }

    /** Empty when there are too many already. */
    Optional<OpenSession> open(Credentials owner, ClientCapabilities client) {
        if (sessions.size() >= MOST) {
            return Optional.empty();
        }
        var session = new OpenSession(UUID.randomUUID().toString(), owner, client, now());
        sessions.put(session.id(), session);
        return Optional.of(session);
    }

    /** A session is nobody's but its owner's. */
    Optional<OpenSession> find(String id, Credentials caller) {
        return Optional.ofNullable(sessions.get(id))
                .filter(session -> session.belongsTo(caller))
                .filter(session -> !isIdle(session));
    }

    void end(OpenSession session) {
        sessions.remove(session.id(), session);
        session.close();
    }

    void hear(News news) {
        var message = Messages.notification(news.method(), news.params());
        sessions.values().forEach(session -> session.hear(news, message));
    }

    long now() {
        return nanoTime.getAsLong();
    }

    int size() {
        return sessions.size();
    }

    @Override
    public void close() {
        pulse.close();
        sessions.values().forEach(this::end);
    }

    private void forgetIdle() {
        sessions.values().stream().filter(this::isIdle).forEach(this::end);
    }

    private boolean isIdle(OpenSession session) {
        return session.idle(now()) > idle.toNanos();
    }
}
